import Contracts
import Schema
import Testing
import Wire

@Suite struct TranscoderTests {
    private let transcoder = Transcoder(Contract.schema)
    private var searchRule: MethodDescriptor.HTTPRule {
        get throws { try #require(Contract.schema.methods["codingahead.lookup.v1.Lookup/Search"]?.http.first) }
    }

    @Test func `a message becomes JSON in the order of the contract with its defaults`() throws {
        let hit = LookupAPI.Hit(
            system: "icd10cm", code: "E11.9", title: "\"Type 2\"\n", score: 1.5, highlights: [.init(start: 1, end: 6)])
        let json = try transcoder.json(from: Wire.encode(hit), message: "codingahead.lookup.v1.Hit")
        #expect(
            String(decoding: json, as: UTF8.self) == #"{"system":"icd10cm","code":"E11.9","title":"\"Type 2\"\n","#
                + #""billable":false,"status":"","score":1.5,"highlights":[{"start":1,"end":6}],"replacedBy":[]}"#)
    }

    @Test func `packed numbers, enums and absent messages`() throws {
        let reply = AccountsAPI.OpenReply(outcome: .granted)
        let json = try transcoder.json(from: Wire.encode(reply), message: "codingahead.accounts.v1.OpenReply")
        #expect(String(decoding: json, as: UTF8.self) == #"{"outcome":"GRANTED","reason":""}"#)
        let sentence = AssistantAPI.Sentence(text: "x", citations: [1, 300])
        let other = try transcoder.json(from: Wire.encode(sentence), message: "codingahead.assistant.v1.Sentence")
        #expect(String(decoding: other, as: UTF8.self) == #"{"text":"x","citations":[1,300]}"#)
    }

    @Test func `a query becomes a request in both spellings`() throws {
        for key in ["page_size", "pageSize"] {
            let bytes = try transcoder.message(
                "codingahead.lookup.v1.SearchRequest", rule: searchRule, path: [], query: [("q", "a b"), (key, "7")],
                body: [])
            #expect(try Wire.decode(LookupAPI.SearchRequest.self, from: bytes) == .init(q: "a b", pageSize: 7))
        }
    }

    @Test(arguments: [
        ([("nothing", "1")], "nothing"), ([("page_size", "x")], "pageSize"), ([("page_size", "-1")], "pageSize"),
        ([("page_size", "1"), ("pageSize", "2")], "pageSize"), ([("pageSize", "4294967296")], "pageSize"),
    ])
    func `a query that does not fit names the field`(_ query: [(String, String)], _ field: String) throws {
        let rule = try searchRule
        let error = #expect(throws: SchemaError.self) {
            try transcoder.message(
                "codingahead.lookup.v1.SearchRequest", rule: rule, path: [], query: query, body: [])
        }
        guard case .invalid(let named, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(named == field)
    }

    @Test func `what only a service may set is refused from outside`() throws {
        let rule = try #require(Contract.schema.methods["codingahead.lookup.v1.Lookup/GetCodePage"]?.http.first)
        #expect(throws: SchemaError.self) {
            try transcoder.message(
                "codingahead.lookup.v1.GetCodePageRequest", rule: rule, path: [("system", "cpt"), ("code", "20975")],
                query: [("open_blocks", "facts")], body: [])
        }
    }

    @Test func `JSON becomes a request`() throws {
        let json = #"{"subject":{"kind":"guest","id":"g1"},"feature":"code_page","item":null}"#
        let bytes = try transcoder.message("codingahead.accounts.v1.OpenRequest", json: Array(json.utf8))
        #expect(
            try Wire.decode(AccountsAPI.OpenRequest.self, from: bytes)
                == .init(subject: .init(kind: "guest", id: "g1"), feature: "code_page"))
    }

    @Test(arguments: [
        #"{"subject":{"kid":"guest"}}"#, #"{"subject":[]}"#, #"{"feature":1}"#, #"[]"#,
        #"{"feature":"a","feature":"b"}"#,
    ])
    func `JSON that does not fit is refused`(_ json: String) {
        #expect(throws: SchemaError.self) {
            try transcoder.message("codingahead.accounts.v1.OpenRequest", json: Array(json.utf8))
        }
    }

    @Test func `the embedded contract names every service and its addresses`() {
        let methods = Contract.schema.methods
        #expect(methods["grpc.health.v1.Health/Check"]?.isIdempotent == true)
        #expect(methods["codingahead.lookup.v1.Lookup/GetCodePage"]?.http.first?.path == "/v1/codes/{system}/{code}")
        #expect(methods["codingahead.accounts.v1.Accounts/Register"]?.http.first?.verb == "POST")
        #expect(Contract.schema.messages["codingahead.lookup.v1.Block"]?.comment.contains("One block") == true)
    }
}
