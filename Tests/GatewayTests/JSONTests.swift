import Contracts
import Foundation
import HTTPTypes
import RPC
import Testing

@Suite("The JSON API")
struct JSONTests {
    private static let idempotencyKey = HTTPField.Name("Idempotency-Key")!

    /// A problem as it comes over the wire.
    private struct Problem: Decodable {
        struct FieldError: Decodable { let field: String }
        let status: Int
        let code: String
        let requestId: String
        let detail: String
        let errors: [FieldError]
        let resetAt: String?

        init(_ page: Page) throws {
            #expect(page.headers[.contentType] == "application/problem+json")
            self = try JSONDecoder().decode(Problem.self, from: Data(page.text.utf8))
            #expect(status == page.status.code)
            #expect(!requestId.isEmpty)
        }
    }

    @Test(
        "A question without cookie or key is 401, says what to send, and is asked of nobody",
        arguments: ["/v1/assistant:ask", "/v1/assistant:stream"])
    func questionOfNobody(path: String) async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let reply = try await browser.send(
                path, method: .post, headers: [.contentType: "application/json"],
                body: #"{"question":"What is E11.9?"}"#)
            #expect(reply.status == .unauthorized && reply.headers[.wwwAuthenticate] == "Bearer")
            #expect(reply.text.contains("Authorization: Bearer") && browser.cookies.isEmpty)
        }
        #expect(desk.assistant.questions.isEmpty)
    }

    @Test("A code without cookie or key is 401 and is not counted")
    func unauthenticated() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/v1/codes/cpt/20975")
            #expect(page.status == .unauthorized)
            #expect(page.headers[.wwwAuthenticate] == "Bearer")
            #expect(try Problem(page).code == "UNAUTHENTICATED")
            let wrong = try await browser.send("/v1/codes/cpt/20975", headers: [.authorization: "Bearer nonsense"])
            #expect(wrong.status == .unauthorized)
        }
        #expect(desk.accounts.opens.isEmpty)
    }

    @Test("A guest's code in JSON shares the page's grant, and the next is 429 with resetAt")
    func sharedGrant() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975")
            let page = try await browser.send("/v1/codes/cpt/20975")
            #expect(page.status == .ok)
            #expect(page.headers[.contentType] == "application/json")
            #expect(page.text.contains(LookupDouble.official))
            #expect(page.text.contains(#""state":"locked""#))
            #expect(!page.text.contains(LookupDouble.secret))
            let refused = try await browser.send("/v1/codes/icd10cm/E11.9")
            #expect(refused.status == .tooManyRequests)
            let problem = try Problem(refused)
            #expect(problem.code == "RESOURCE_EXHAUSTED")
            #expect(problem.resetAt == AccountsDouble.resetsAt)
            #expect(Int(refused.headers[.retryAfter] ?? "") ?? 0 > 0)
            #expect(!refused.text.contains("In plain words"))
        }
    }

    @Test("A matching ETag is 304, HEAD is empty, another spelling is 301, and none of them is counted")
    func uncounted() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            _ = try await browser.register("ada@example.org")
            let page = try await browser.send("/v1/codes/icd10cm/E11.9")
            let tag = try #require(page.headers[.eTag])
            let counted = desk.accounts.opens.count
            let same = try await browser.send("/v1/codes/icd10cm/E11.9", headers: [.ifNoneMatch: "\"x\", \(tag)"])
            #expect(same.status == .notModified)
            #expect(same.text.isEmpty)
            let head = try await browser.send("/v1/codes/icd10cm/E11.8", method: .head)
            #expect(head.status == .ok && head.text.isEmpty)
            let moved = try await browser.send("/v1/codes/icd10cm/e118?on=2026-05-01")
            #expect(moved.status == .movedPermanently)
            #expect(moved.headers[.location] == "/v1/codes/icd10cm/E11.8?on=2026-05-01")
            let missing = try await browser.send("/v1/codes/icd10cm/Z99.99")
            #expect(missing.status == .notFound)
            #expect(try Problem(missing).code == "NOT_FOUND")
            #expect(desk.accounts.opens.count == counted)
        }
    }

    @Test("Registration gives a bearer token that opens all blocks")
    func bearer() async throws {
        try await Desk().visit { browser in
            let body = #"{"email":"ada@example.org","password":"correct horse battery"}"#
            let session = try await browser.send(
                "/v1/accounts", method: .post, headers: [.contentType: "application/json"], body: body)
            #expect(session.status == .ok)
            #expect(session.headers[.cacheControl] == "no-store")
            #expect(session.text.contains(#""token":"token-ada""#))
            let page = try await browser.send(
                "/v1/codes/icd10cm/E11.9", headers: [.authorization: "Bearer token-ada"])
            #expect(page.text.contains(LookupDouble.secret))
            let again = try await browser.send(
                "/v1/accounts", method: .post, headers: [.contentType: "application/json"], body: body)
            #expect(again.status == .conflict)
            let login = try await browser.send(
                "/v1/sessions", method: .post, headers: [.contentType: "application/json"],
                body: #"{"email":"ada@example.org","password":"wrong password"}"#)
            #expect(login.status == .unauthorized)
        }
    }

    @Test("An Idempotency-Key becomes the reader's own key")
    func idempotency() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975")
            for _ in 0..<2 {
                try await browser.send("/v1/codes/cpt/20975", headers: [Self.idempotencyKey: "a"])
            }
            try await browser.send("/v1/codes/cpt/20975", headers: [Self.idempotencyKey: "b"])
        }
        let keys = desk.accounts.seenKeys.suffix(3).map { $0 }
        #expect(keys[0] == keys[1] && keys[1] != keys[2])
    }

    @Test("What cannot be read is 400 and names the field, a body of another kind is 415, a long one 413")
    func malformed() async throws {
        try await Desk().visit { browser in
            let unknown = try await browser.send("/v1/search?q=a&sytem=cpt")
            #expect(unknown.status == .badRequest)
            #expect(try Problem(unknown).errors.map(\.field) == ["sytem"])
            let number = try await browser.send("/v1/search?q=a&page_size=many")
            #expect(try Problem(number).code == "INVALID_ARGUMENT")
            try await browser.send("/codes/cpt/20975")
            let blocks = try await browser.send("/v1/codes/cpt/20975?open_blocks=facts")
            #expect(blocks.status == .badRequest)
            let media = try await browser.send("/v1/sessions", method: .post, body: "{}")
            #expect(media.status == .unsupportedMediaType)
            let long = try await browser.send(
                "/v1/sessions", method: .post, headers: [.contentType: "application/json"],
                body: String(repeating: " ", count: 300_000))
            #expect(long.status == .contentTooLarge)
            let nowhere = try await browser.send("/v1/nothing")
            #expect(try Problem(nowhere).code == "NOT_FOUND")
        }
    }

    @Test("Search, suggest, editions and credentials are free and speak the contract's JSON")
    func free() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let search = try await browser.send("/v1/search?q=diabetes&page_size=5")
            #expect(search.status == .ok)
            #expect(search.text.contains(#""tookMicros":3412"#) && search.text.contains(#""replacedBy":["A4206"]"#))
            #expect(try await browser.send("/v1/suggest?q=diab").text.contains(#""hits":[{"#))
            #expect(try await browser.send("/v1/editions").text.contains(#""billableCodes":74719"#))
            #expect(try await browser.send("/v1/credentials").text.contains("CPC-A"))
        }
        #expect(desk.accounts.opens.isEmpty)
    }

    @Test("A call is made for whom Authenticate named, in its own words")
    func principal() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            _ = try await browser.register("ada@example.org")
            try await browser.send("/v1/codes/icd10cm/E11.9")
            browser.forgetCookies()
            try await browser.send("/codes/cpt/20975")
        }
        #expect(desk.accounts.seenPrincipals == ["account-ada session handle", ""])
    }

    @Test("What is the same for everyone has a tag, and its 304 asks nobody but for what is loaded")
    func everyone() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/v1/search?q=diabetes")
            let tag = try #require(page.headers[.eTag])
            let asked = desk.lookup.searches
            let same = try await browser.send("/v1/search?q=diabetes", headers: [.ifNoneMatch: tag])
            #expect(same.status == .notModified && same.text.isEmpty)
            #expect(same.headers[.eTag] == tag)
            #expect(desk.lookup.searches == asked)
            let other = try await browser.send("/v1/search?q=asthma", headers: [.ifNoneMatch: tag])
            #expect(other.status == .ok && other.headers[.eTag] != tag)
        }
    }

    @Test("A licensed text is asked for only for who may see it, after it was counted")
    func licensedTexts() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            _ = try await browser.register("ada@example.org")
            let without = try await browser.send("/v1/codes/cpt/20975")
            #expect(desk.lookup.pageRequests.allSatisfy { !$0.licensedTexts })
            desk.accounts.license(.termsNeeded)
            try await browser.send("/v1/codes/cpt/20975")
            #expect(desk.accounts.usedLicences.isEmpty)
            desk.accounts.license(.allowed)
            let with = try await browser.send("/v1/codes/cpt/20975")
            #expect(desk.accounts.usedLicences == ["account-ada cpt/20975"])
            #expect(desk.lookup.pageRequests.last?.licensedTexts == true)
            #expect(with.headers[.eTag] != without.headers[.eTag])
            desk.accounts.license(.dailyLimit)
            let limited = try await browser.send("/v1/codes/cpt/20975")
            #expect(limited.status == .ok && limited.headers[.eTag] == nil)
            #expect(desk.lookup.pageRequests.last?.licensedTexts == false)
            desk.accounts.license(.allowed)
            try await browser.send("/v1/codes/icd10cm/E11.9")
            #expect(desk.lookup.pageRequests.last?.licensedTexts == false)
        }
    }

    @Test("An address with another method is 405 and says which it takes, another address is 404")
    func methods() async throws {
        try await Desk().visit { browser in
            let wrong = try await browser.send("/v1/search?q=a", method: .delete)
            #expect(wrong.status == .methodNotAllowed)
            #expect(wrong.headers[.allow] == "GET, HEAD")
            let session = try await browser.send("/v1/sessions")
            #expect(session.status == .methodNotAllowed && session.headers[.allow] == "POST")
            for path in ["/v1/", "/v1/search/", "/v1//search", "/v1/codes/cpt", "/v1/codes//20975"] {
                #expect(try await browser.send(path).status == .notFound, "\(path)")
            }
        }
    }

    @Test("With Lookup away a call is 503 with Retry-After and no detail of the inside")
    func away() async throws {
        let desk = Desk()
        desk.lookup.fail(with: ServiceError(.unavailable, "connection refused to 127.0.0.1:7101"))
        try await desk.visit { browser in
            let page = try await browser.send("/v1/search?q=diabetes")
            let problem = try Problem(page)
            #expect(problem.code == "UNAVAILABLE")
            #expect(page.headers[.retryAfter] == "5")
            #expect(!page.text.contains("7101"))
        }
    }
}
