import Contracts
import HTTPTypes
import RPC
import Testing

@Suite("Pages of licensed code sets")
struct LicensedPageTests {
    @Test("A licensed text waits for a licence in force and for its reader to accept the terms, and is then counted")
    func terms() async throws {
        let accounts = try RealAccounts()
        try await accounts.makeAdministrator("root@example.org")
        let desk = Desk(realAccounts: accounts)
        let path = "/codes/cpt/\(LookupDouble.licensedCode)"
        try await desk.visit { browser in
            let guest = try await browser.send(path)
            #expect(guest.grant == "granted")
            #expect(guest.text.contains("Registered users see them"))
            browser.forgetCookies()
            _ = try await browser.register("ada@example.org")
            #expect(try await browser.send(path).text.contains("No licence for the texts"))
            let session = browser.cookies["session"] ?? ""

            browser.forgetCookies()
            _ = try await browser.post("/login", ["email": "root@example.org", "password": "correct horse battery"])
            _ = try await browser.post(
                "/admin/licences",
                ["licensee": "Clinic", "number": "L-1", "starts_on": "2020-01-01", "ends_on": "2099-12-31"])
            _ = try await browser.post(
                "/admin/licences/terms", ["version": "1", "text": "Read only."], from: "/admin/licences")

            browser.forgetCookies()
            browser.setCookie("session", session)
            let waiting = try await browser.send(path)
            #expect(waiting.text.contains("/account/terms/cpt?next=%2Fcodes%2Fcpt%2F\(LookupDouble.licensedCode)"))
            #expect(!waiting.text.contains(LookupDouble.official))
            let terms = try await browser.post("/account/terms/cpt", ["version": "1", "next": path])
            #expect(terms.headers[.location] == path)
            let shown = try await browser.send(path)
            #expect(shown.text.contains(LookupDouble.official))
            #expect(!shown.text.contains("data-terms"))
            #expect(try await browser.send("/codes/cpt/20975").text.contains(LookupDouble.official))
        }
        // The sample needs no licence, and nobody is asked for licensed texts before the grant and the verdict.
        #expect(desk.lookup.pageRequests.filter(\.licensedTexts).map(\.code) == [LookupDouble.licensedCode])
        withExtendedLifetime(accounts) {}
    }
}
