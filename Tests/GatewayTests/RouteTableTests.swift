import Schema
import RPC
import Testing

@testable import Gateway

@Suite("Addresses of the contract")
struct RouteTableTests {
    private static let table = RouteTable(ContractRoute.all)

    private func found(_ method: String, _ path: String) -> String? {
        guard case .found(let route, let values) = Self.table.match(method, path) else { return nil }
        return ([route.method.fullName.split(separator: "/").last.map(String.init) ?? ""] + values.map(String.init))
            .joined(separator: " ")
    }

    @Test("Each annotation is an address of its own, and every one leads back to its call")
    func complete() {
        #expect(ContractRoute.all.count > 40)
        for route in ContractRoute.all {
            let path = route.template.segments.map { segment in
                switch segment {
                case .word(let word): word
                case .field(_, let suffix): "x%2Fy" + suffix
                }
            }
            guard
                case .found(let match, let values) = Self.table.match(
                    route.rule.verb, "/" + path.joined(separator: "/"))
            else {
                Issue.record("\(route.rule.verb) \(route.template.text) leads nowhere")
                continue
            }
            #expect(match.method == route.method)
            #expect(values.count == route.template.fields.count && values.allSatisfy { $0 == "x%2Fy" })
        }
    }

    @Test(
        "A path is found by its words first, then by its fields",
        arguments: [
            ("GET", "/v1/codes/icd10cm/E11.9", "GetCodePage icd10cm E11.9"),
            ("HEAD", "/v1/search", "Search"),
            ("DELETE", "/v1/me/sessions", "EndOtherSessions"),
            ("DELETE", "/v1/me/sessions/abc", "EndSession abc"),
            ("POST", "/v1/me/second-factor:confirm", "ConfirmSecondFactor"),
            ("GET", "/v1/editions/cpt/diff", "DiffEditions cpt"),
        ])
    func precedence(method: String, path: String, call: String) {
        #expect(found(method, path) == call)
    }

    @Test(
        "What is no address of the contract leads nowhere",
        arguments: [
            "/v1", "/v1/", "/v1/search/", "/v1//search", "//v1/search", "/v1/codes/cpt", "/v1/codes//20975", "",
            "v1/search",
            "/v1/me/second-factor:confirm:confirm", "/" + String(repeating: "a/", count: 40),
        ])
    func nowhere(path: String) {
        guard case .nothing = Self.table.match("GET", path) else {
            Issue.record("\(path) leads somewhere")
            return
        }
    }

    @Test("A verb at the end of a field goes before the field, and a field is never empty")
    func verbs() throws {
        let template = try #require(PathTemplate("/v1/jobs/{id}:submit"))
        #expect(template.segments == [.word("v1"), .word("jobs"), .field("id", suffix: ":submit")])
        for broken in ["v1", "/v1/{id", "/v1/{id}x", "/v1/*", "/v1/{a=b/*}", "/v1/a{id}", "/v1//x"] {
            #expect(PathTemplate(broken) == nil, "\(broken)")
        }
    }
}
