import Contracts
import HTTPTypes
import RPC
import Testing

@Suite("The code page")
struct CodePageTests {
    @Test("A guest's first page is granted with two open and six other blocks, and the meter reads 0")
    func firstPage() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/codes/cpt/20975")
            #expect(page.status == .ok)
            #expect(
                page.text.contains(
                    #"<main data-page="code" data-system="cpt" data-code="20975" data-grant="granted""#))
            #expect(page.text.contains(#"<p data-meter data-remaining="0" data-limit="1">"#))
            #expect(
                page.text.contains(
                    "0 code page views remaining. Guest accounts are limited to 1 page view. "
                        + "Register free account to get 5 more views."))
            #expect(page.blocks("open") == 2)
            #expect(page.blocks("locked") + page.blocks("empty") == 6)
            #expect(page.text.contains("Have a question about CPT® Code 20975?"))
            #expect(
                page.text.contains("Register to view content — create a free account to unlock this content"))
            #expect(page.text.contains(LookupDouble.official))
            #expect(!page.text.contains(LookupDouble.secret))
            #expect(page.text.contains("The neighbour before"))
            #expect(page.text.contains(#"data-edition="FY2026 April update""#))
        }
        #expect(desk.lookup.pageRequests.map(\.openBlocks) == [["official", "common"]])
        #expect(desk.accounts.opens.map(\.item) == ["cpt/20975"])
    }

    @Test("The second code is refused with a wall, and the first stays free")
    func wall() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975")
            let refused = try await browser.send("/codes/icd10cm/E11.9")
            #expect(refused.status == .ok)
            #expect(refused.grant == "refused")
            #expect(refused.headers[.cacheControl] == "no-store")
            #expect(refused.text.contains("Type 2 diabetes mellitus without complications"))
            #expect(refused.text.contains("The neighbour after"))
            #expect(refused.text.contains("1 December 2026, 00:00 UTC"))
            #expect(!refused.text.contains("In plain words."))
            #expect(!refused.text.contains(LookupDouble.secret))
            let again = try await browser.send("/codes/cpt/20975?on=2026-05-01")
            #expect(again.grant == "repeat")
            #expect(again.text.contains("In plain words."))
        }
        #expect(Set(desk.accounts.opens.map { $0.subject?.id ?? "" }).count == 1)
    }

    @Test("Registering gives five more pages with every block, the guest's page stays free, the sixth is refused")
    func registering() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975")
            let registered = try await browser.register("ada@example.org")
            #expect(registered.status == .seeOther)
            #expect(try await browser.send("/codes/cpt/20975").grant == "repeat")
            let codes = ["icd10cm/E11.9", "icd10cm/E11.8", "hcpcs/A4206", "hcpcs/A4207", "hcpcs/A4208"]
            for (index, code) in codes.enumerated() {
                let page = try await browser.send("/codes/\(code)")
                #expect(page.grant == "granted")
                #expect(page.remaining == "\(4 - index)")
                #expect(page.text.contains(LookupDouble.secret))
                #expect(page.blocks("locked") == 0)
            }
            let sixth = try await browser.send("/codes/hcpcs/A4209")
            #expect(sixth.grant == "refused")
            #expect(!sixth.text.contains(LookupDouble.secret))
            #expect(try await browser.send("/codes/icd10cm/E11.9").grant == "repeat")
        }
    }

    @Test("HEAD never counts and carries no text")
    func head() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/codes/cpt/20975", method: .head)
            #expect(page.status == .ok)
            #expect(page.text.isEmpty)
            #expect(browser.cookies.isEmpty)
        }
        #expect(desk.accounts.opens.isEmpty)
        #expect(desk.lookup.pageRequests.allSatisfy { $0.openBlocks.isEmpty })
    }

    @Test(
        "A prefetch never counts and carries no text",
        arguments: [("Sec-Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch")])
    func prefetch(header: (name: String, value: String)) async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send(
                "/codes/cpt/20975", headers: [HTTPField.Name(header.name)!: header.value])
            #expect(page.headers[.cacheControl] == "no-store")
            #expect(!page.text.contains(LookupDouble.official))
        }
        #expect(desk.accounts.opens.isEmpty)
        #expect(desk.lookup.pageRequests.allSatisfy { $0.openBlocks.isEmpty })
    }

    @Test("A code in another spelling leads to its canonical address and does not count")
    func canonical() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/codes/icd10cm/e119?on=2026-05-01")
            #expect(page.status == .movedPermanently)
            #expect(page.headers[.location] == "/codes/icd10cm/E11.9?on=2026-05-01")
            #expect(!page.text.contains(LookupDouble.official))
        }
        #expect(desk.accounts.opens.isEmpty)
    }

    @Test("An unknown code is a 404 that says what is loaded, offers the search and does not count")
    func unknown() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/codes/icd10cm/Z99.99")
            #expect(page.status == .notFound)
            #expect(page.text.contains("Loaded: FY2026 April update."))
            #expect(page.text.contains(#"value="Z99.99""#))
        }
        #expect(desk.accounts.opens.isEmpty)
    }

    @Test("A retired code says so")
    func retired() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/codes/hcpcs/A9999")
            #expect(page.text.contains("This code ended on 2025-12-31."))
        }
    }

    @Test("With Lookup or Accounts away the page is a 503 with Retry-After, and nothing is counted")
    func away() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            desk.lookup.fail(with: ServiceError(.unavailable, "connection refused to 127.0.0.1:7101"))
            let noLookup = try await browser.send("/codes/cpt/20975")
            #expect(noLookup.status == .serviceUnavailable)
            #expect(noLookup.headers[.retryAfter] == "5")
            #expect(noLookup.text.contains("Lookup is not answering"))
            #expect(!noLookup.text.contains("7101"))
            desk.lookup.fail(with: nil)
            desk.accounts.failOpen(with: ServiceError(.unavailable, "gone"))
            let noAccounts = try await browser.send("/codes/cpt/20975")
            #expect(noAccounts.status == .serviceUnavailable)
            #expect(!noAccounts.text.contains(LookupDouble.official))
            desk.accounts.failOpen(with: nil)
            #expect(try await browser.send("/codes/cpt/20975").grant == "granted")
        }
    }

    @Test("A network over its ceiling is told so")
    func ceiling() async throws {
        let desk = Desk()
        desk.accounts.refuse(because: "network_ceiling")
        try await desk.visit { browser in
            let page = try await browser.send("/codes/cpt/20975")
            #expect(page.grant == "refused")
            #expect(page.text.contains("Guests in your network"))
        }
    }

    @Test("Titles and codes are text, whatever they hold")
    func escaping() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let page = try await browser.send("/codes/hcpcs/A4206")
            #expect(page.status == .ok)
            #expect(!page.text.contains("<script>"))
            #expect(page.text.contains("&lt;script&gt;"))
            let missing = try await browser.send("/codes/hcpcs/%22%3E%3Cscript%3E")
            #expect(missing.status == .notFound)
            #expect(!missing.text.contains("<script>"))
        }
    }

    @Test("A guest gets the cookie on the first page of any kind, so that code pages opened at once are one guest's")
    func cookieBeforeCodes() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/")
            let cookie = try #require(browser.cookies["guest"])
            let grants = try await withThrowingTaskGroup(of: String?.self) { group in
                for code in ["cpt/20975", "icd10cm/E11.9", "icd10cm/E11.8", "hcpcs/A4206"] {
                    for _ in 0..<16 { group.addTask { try await browser.send("/codes/\(code)").grant } }
                }
                return try await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(grants.count { $0 == "granted" } == 1)
            #expect(grants.count { $0 == "refused" } == 48)
            #expect(browser.cookies["guest"] == cookie)
        }
        #expect(Set(desk.accounts.opens.map { $0.subject?.id ?? "" }).count == 1)
    }

    @Test("A guest cookie that we did not sign makes a newcomer")
    func forgedCookie() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975")
            let genuine = browser.cookies["guest"] ?? ""
            browser.setCookie("guest", "AAAAAAAAAAAAAAAAAAAAAA" + genuine.dropFirst(22))
            #expect(try await browser.send("/codes/icd10cm/E11.9").grant == "granted")
            #expect(browser.cookies["guest"] != genuine)
        }
        #expect(!desk.accounts.opens.contains { $0.subject?.id == "AAAAAAAAAAAAAAAAAAAAAA" })
    }
}
