import Foundation
import Testing

/// What no reader should type and somebody will: through Gateway to Lookup as they run. A clear refusal or a plain result.
@Suite(.serialized) struct BadInputTests {
    private static let queries: [(what: String, text: String)] = [
        ("ten thousand words", (0..<10_000).map { "word\($0)" }.joined(separator: " ")),
        ("an unbalanced quote", "\"heart failure"), ("quotes of both kinds", "\"' \" ' \"\"\" '"),
        ("control characters", "heart\u{0}\u{1}\u{7f}\r\n\tfailure\u{1b}[31m"), ("only blanks", "  \t  "),
        ("SQL", "'; DROP TABLE codes; --"), ("SQL in a code", "E11.9' OR '1'='1"),
        ("a union", "x' UNION SELECT sql FROM sqlite_master --"),
        ("the syntax of FTS", "heart AND (failure OR NEAR(\"a\" b, 5)) NOT col:x ^y*"),
        ("only signs", "()[]{}*?%_\\^~!@#$&|<>"),
        ("a pattern of stars", "*****"), ("a pattern within", "*9*2*"), ("a range backwards", "Z99-A00"),
        ("a range of different forms", "A00-99213"), ("other scripts", "心不全 сердце قلب ❤️‍🔥"),
        ("a long word", String(repeating: "a", count: 400)),
        ("combining marks", "e" + String(repeating: "\u{301}", count: 300)),
        ("a right-to-left mark", "\u{202e}erulief traeh"),
    ]

    @Test func `queries that nobody should type are refused with a reason or answered`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            for (what, text) in Self.queries {
                let q = Self.encoded(text)
                for path in [
                    "/v1/search?q=\(q)", "/v1/suggest?q=\(q)", "/search?q=\(q)",
                    "/clinicaltables/api/icd10cm/v3/search?terms=\(q)",
                    "/fhir/ValueSet/$expand?url=http://hl7.org/fhir/sid/icd-10-cm?fhir_vs&filter=\(q)",
                    "/v1/coverage?q=\(q)",
                ] {
                    let answer = try await web.get(desk.origin + path.replacing("$", with: "%24"))
                    #expect(answer.status < 500, "\(what): \(path.prefix(40)) \(answer.body.prefix(200))")
                    // What is too long for any address is refused before there is a path, and without words.
                    if answer.status == 400, path.hasPrefix("/v1/"), !answer.body.isEmpty {
                        #expect(answer.body.contains("INVALID_ARGUMENT"), "\(what): \(answer.body.prefix(300))")
                    }
                }
            }
            // Nothing of it has hurt: the same programs answer.
            #expect(try await web.get("\(desk.origin)/v1/search?q=condition").body.contains("Made-up condition"))
        }
    }

    @Test func `a query of a mebibyte is refused before it is read`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let megabyte = String(repeating: "heart ", count: 180_000)
            // The connection may be closed before all of it is sent: then there is no status to see.
            let status = await Web.status("\(desk.origin)/v1/search?q=\(Self.encoded(megabyte))")
            #expect([nil, 400, 413, 414, 431].contains(status), "\(status ?? 0)")
            let body = try await Web().post("\(desk.origin)/v1/cases:code", json: "{\"text\": \"\(megabyte)\"}")
            #expect([400, 413].contains(body.status), "\(body.status) \(body.body.prefix(200))")
            let note = String(repeating: "heart ", count: 17_000)
            let long = try await Web().post("\(desk.origin)/v1/cases:code", json: "{\"text\": \"\(note)\"}")
            #expect(long.status == 400 && long.body.contains("in parts"), "\(long.status) \(long.body.prefix(200))")
            #expect(try await Web().get("\(desk.origin)/v1/search?q=condition").status == 200)
        }
    }

    @Test func `codes of the wrong set and days before the first edition are not found, and what is loaded is named`()
        async throws
    {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            // JSON of a code needs a reader; the first page makes one.
            #expect(try await web.get("\(desk.origin)/codes/cpt/20975").status == 200)
            let v1 = "\(desk.origin)/v1/codes"
            for (path, status, words) in [
                ("/icd10cm/A10?on=1999-01-01", 404, "2020"), ("/icd10cm/A10?on=yesterday", 400, "YYYY-MM-DD"),
                ("/icd10cm/A10?on=2026-02-30", 400, "YYYY-MM-DD"), ("/icd10cm/20975", 400, ""), ("/cpt/A10", 400, ""),
                ("/icd10cm/Z98", 404, ""), ("/snomed/A10", 400, ""), ("/icd10cm/A10%00", 400, ""),
                ("/icd10cm/A10'%20OR%201=1", 400, ""), ("/icd10cm/" + String(repeating: "A", count: 5_000), 400, ""),
            ] {
                let answer = try await web.get(v1 + path)
                #expect(
                    answer.status == status || (status == 400 && answer.status == 404),
                    "\(path.prefix(40)): \(answer.status)")
                #expect(words.isEmpty || answer.body.contains(words), "\(path.prefix(40)): \(answer.body.prefix(300))")
                let page = try await web.get("\(desk.origin)/codes" + path)
                #expect(page.status == 400 || page.status == 404, "\(path.prefix(40)): page \(page.status)")
            }
            let search = try await web.get("\(desk.origin)/v1/search?q=condition&on=1999-01-01")
            #expect(search.status == 404 && search.body.contains("2020"), "\(search.body.prefix(300))")
        }
    }

    private static let bodies = [
        "{}", "[]", "null", "{\"lines\": \"x\"}", "{\"lines\": [{\"code\": \"A10'; --\", \"units\": -1}]}",
        "{\"lines\": [{\"units\": 1e30}]}",
        "{\"lines\": [{\"code\": \"20975\"}], \"dateOfService\": \"1066-10-14\"}",
        "{\"lines\": [{\"code\": \"20975\"}], \"dateOfService\": \"2026-01-01\", \"age\": 900, \"sex\": \"\\u0000\"}",
        "{\"text\": 5}",
        "{\"text\": \"\\ud800\"}", "{\"text\": \"note\", \"systems\": [\"x\"]}",
        "{\"text\": \"note\", \"dateOfService\": \"0001-01-01\"}",
        "{\"text\": \"pneumonia", "\u{0}", "{\"lines\": [" + String(repeating: "[", count: 5_000),
    ]

    @Test func `bodies that are no claim and no note are refused with a reason`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            for body in Self.bodies {
                for path in ["/v1/claims:check", "/v1/cases:code"] {
                    let answer = try await web.post(desk.origin + path, json: body)
                    let what = "\(path) \(body.prefix(60)): \(answer.status) \(answer.body.prefix(200))"
                    #expect((400..<500).contains(answer.status), "\(what)")
                    #expect(answer.headers["content-type"]?.contains("problem+json") == true, "\(what)")
                }
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
