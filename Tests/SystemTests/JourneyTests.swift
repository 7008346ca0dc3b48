import Foundation
import Testing

/// The guest's journey of the product page, over HTTP, with all five programs.
@Suite struct JourneyTests {
    @Test func `a guest opens one page, registers, opens five more and is then refused`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            let page = try await web.get("\(desk.origin)/codes/cpt/20975")
            #expect(page.status == 200)
            #expect(page.data("grant") == "granted")
            #expect(page.data("remaining") == "0")
            #expect(page.body.contains("Sample official text"))
            #expect(page.body.contains("Sample common text"))
            #expect(page.body.components(separatedBy: "data-state=\"locked\"").count - 1 == 6)

            let second = try await web.get("\(desk.origin)/codes/icd10cm/A10")
            #expect(second.status == 200)
            #expect(second.data("grant") == "refused")
            #expect(second.headers["cache-control"]?.contains("no-store") == true)
            #expect(!second.body.contains("secret guideline"))
            #expect(try await web.get("\(desk.origin)/codes/cpt/20975").data("grant") == "repeat")

            try await register(web, desk, email: "coder@example.org")
            let carried = try await web.get("\(desk.origin)/codes/cpt/20975")
            #expect(carried.data("grant") == "repeat")
            #expect(carried.data("remaining") == "5")
            for number in 0..<5 {
                let page = try await web.get("\(desk.origin)/codes/icd10cm/A\(number + 10)")
                #expect(page.data("grant") == "granted")
                #expect(page.data("remaining") == "\(4 - number)")
                #expect(page.body.contains("secret guideline of A\(number + 10)"))
            }
            let sixth = try await web.get("\(desk.origin)/codes/icd10cm/A15")
            #expect(sixth.data("grant") == "refused")
            #expect(!sixth.body.contains("secret guideline"))
        }
    }

    @Test func `sixty-four requests at once grant a guest one page and an account five`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            // The first visit brings the guest's cookie without opening anything.
            _ = try await web.get("\(desk.origin)/")
            _ = try await web.get("\(desk.origin)/codes/icd10cm/A10", method: "HEAD")
            #expect(try await grants(web, desk, pages: 32, each: 2).granted == 1)
            try await register(web, desk, email: "many@example.org")
            #expect(try await grants(web, desk, pages: 32, each: 2).granted == 5)
        }
    }

    @Test func `JSON is metered alike and says when it refuses`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            let address = "\(desk.origin)/v1/codes/icd10cm/"
            #expect(try await web.get(address + "A10").status == 401)
            let account = try await web.post(
                "\(desk.origin)/v1/accounts", json: #"{"email":"json@example.org","password":"correct horse battery"}"#)
            #expect(account.status == 200)
            let token = try #require(account.body.firstMatch(of: try Regex(#""token":"([^"]+)""#))?.output[1].substring)
            let stranger = Web()
            let headers = ["Authorization": "Bearer \(token)"]
            for number in 0..<5 {
                #expect(try await stranger.get(address + "A\(number + 10)", headers: headers).status == 200)
            }
            let refused = try await stranger.get(address + "A15", headers: headers)
            #expect(refused.status == 429)
            #expect(refused.headers["content-type"] == "application/problem+json")
            #expect(refused.body.contains("RESOURCE_EXHAUSTED"))
            #expect(refused.body.contains("resetAt"))
            #expect(try await stranger.get(address + "A10", headers: headers).status == 200)
            #expect(try await stranger.get("\(desk.origin)/v1/search?q=condition").body.contains("\"hits\":[{"))
        }
    }

    private func register(_ web: Web, _ desk: RunningDesk, email: String) async throws {
        let form = try await web.get("\(desk.origin)/register")
        let token = try #require(form.value(of: "csrf"))
        let registered = try await web.post(
            "\(desk.origin)/register",
            form: ["csrf": token, "email": email, "password": "correct horse battery", "next": ""])
        #expect(registered.status == 200 || registered.status == 303, "\(registered.body.suffix(800))")
    }

    /// Opens `pages` different pages at once, each `each` times.
    private func grants(
        _ web: Web, _ desk: RunningDesk, pages: Int, each: Int
    ) async throws -> (granted: Int, refused: Int) {
        try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<pages * each {
                group.addTask {
                    // On a crowded machine a page may answer 503, which counts nothing; a person tries again.
                    for _ in 0..<20 {
                        let page = try await web.get("\(desk.origin)/codes/icd10cm/A\(number % pages + 10)")
                        if page.status != 503 { return page.data("grant") }
                        try await Task.sleep(for: .milliseconds(200))
                    }
                    return nil
                }
            }
            var counts: [String: Int] = [:]
            for try await grant in group { counts[grant ?? "none", default: 0] += 1 }
            #expect(counts["none"] == nil)
            return (counts["granted"] ?? 0, counts["refused"] ?? 0)
        }
    }
}
