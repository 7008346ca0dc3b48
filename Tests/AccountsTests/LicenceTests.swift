import Accounts
import Contracts
import RPC
import Testing

@Suite struct LicenceTests {
    private let machine = CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8))

    private func add(_ desk: Desk, seats: UInt32 = 0, daily: UInt32 = 0, ends: String = "2026-12-31") async throws {
        _ = try await desk.admin.addLicence(
            .init(
                licence: .init(
                    system: "cpt", licensee: "Clinic", number: "L-1", seats: seats, startsOn: "2026-01-01",
                    endsOn: ends, dailyTexts: daily)), options: machine)
    }

    private func use(
        _ desk: Desk, _ account: AccountsAPI.Subject, _ item: String = "cpt/00001"
    ) async throws -> AccountsAPI.UseLicenceReply.Verdict {
        try await desk.client.useLicence(.init(system: "cpt", accountId: account.id, item: item)).verdict
    }

    @Test func `without a licence, before it and after it nothing is shown; the switch hides at once`() async throws {
        let desk = try Desk()
        let account = try await desk.account()
        #expect(try await use(desk, account) == .noLicence)
        #expect(try await desk.client.getLicence(.init(system: "cpt")).status == "none")
        try await add(desk, ends: "2026-03-11")
        #expect(try await use(desk, account) == .allowed)
        let id = try await desk.client.getLicence(.init(system: "cpt")).id
        _ = try await desk.admin.setLicenceWithdrawn(.init(id: id, withdrawn: true), options: machine)
        #expect(try await use(desk, account) == .noLicence)
        _ = try await desk.admin.setLicenceWithdrawn(.init(id: id, withdrawn: false), options: machine)
        #expect(try await use(desk, account) == .allowed)
        desk.clock.advance(days: 2)
        #expect(try await use(desk, account) == .noLicence)
        #expect(try await desk.client.getLicence(.init(system: "cpt")).status == "lapsed")
        #expect(try await desk.client.getLicence(.init(system: "cpt", on: "2025-12-31")).status == "not_begun")
    }

    @Test func `terms are accepted once for each version before the first text`() async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let account = AccountsAPI.Subject(kind: "account", id: session.account?.id ?? "")
        let options = try await desk.acting(session.token)
        try await add(desk)
        for version in ["2026-1", "2026-2"] {
            _ = try await desk.admin.publishTerms(
                .init(system: "cpt", version: version, text: "Terms \(version)"), options: machine)
            #expect(try await use(desk, account) == .termsNeeded)
            let terms = try await desk.me.getTerms(.init(system: "cpt"), options: options)
            #expect(terms.version == version && !terms.accepted)
            let other = await #expect(throws: ServiceError.self) {
                try await desk.me.acceptTerms(.init(system: "cpt", version: "2025-9"), options: options)
            }
            #expect(other?.kind == .failedPrecondition)
            for _ in 1...2 {
                _ = try await desk.me.acceptTerms(.init(system: "cpt", version: version), options: options)
            }
            #expect(try await use(desk, account) == .allowed)
        }
        let licence = try await desk.client.getLicence(.init(system: "cpt", accountId: account.id))
        #expect(licence.termsAccepted && licence.termsVersion == "2026-2")
    }

    @Test func `a licence covers the years of the code set that it names`() async throws {
        let desk = try Desk()
        _ = try await desk.admin.addLicence(
            .init(
                licence: .init(
                    system: "cpt", licensee: "Clinic", number: "L-1", firstYear: 2025, lastYear: 2026,
                    startsOn: "2026-01-01", endsOn: "2026-12-31")), options: machine)
        let account = try await desk.account()
        for (year, verdict) in [
            (0, .allowed), (2024, .noLicence), (2025, .allowed), (2026, .allowed), (2027, .noLicence),
        ]
            as [(UInt32, AccountsAPI.UseLicenceReply.Verdict)]
        {
            let reply = try await desk.client.useLicence(
                .init(system: "cpt", accountId: account.id, item: "cpt/00001", year: year))
            #expect(reply.verdict == verdict, "\(year)")
        }
    }

    @Test func `of many at once on the last seats as many get in as there are seats, for the year`() async throws {
        let desk = try Desk()
        try await add(desk, seats: 3, ends: "2027-12-31")
        var accounts: [AccountsAPI.Subject] = []
        for number in 0..<8 { accounts.append(try await desk.account("coder\(number)@example.org")) }
        let verdicts = try await withThrowingTaskGroup(of: AccountsAPI.UseLicenceReply.Verdict.self) { group in
            for account in accounts { group.addTask { try await use(desk, account) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(verdicts.count { $0 == .allowed } == 3 && verdicts.count { $0 == .noSeat } == 5)
        let report = try await desk.admin.getRoyaltyReport(.init(system: "cpt", year: 2026), options: machine)
        #expect(
            report.rows == 3
                && report.csv.hasPrefix("system,year,licence,number,licensee,account,first_use,organisation\r\n"))
        desk.clock.advance(days: 300)
        #expect(try await use(desk, accounts[7]) == .allowed)
    }

    @Test func `an account is shown so many texts a day; the same text again is free`() async throws {
        let desk = try Desk()
        try await add(desk, daily: 3)
        let account = try await desk.account()
        for number in 1...3 { #expect(try await use(desk, account, "cpt/0000\(number)") == .allowed) }
        #expect(try await use(desk, account, "cpt/00004") == .dailyLimit)
        #expect(try await use(desk, account, "cpt/00002") == .allowed)
        desk.clock.advance(days: 1)
        #expect(try await use(desk, account, "cpt/00004") == .allowed)
    }

    @Test func `a licence that names no number of texts still stops whoever copies the set`() async throws {
        let desk = try Desk()
        try await add(desk)
        let account = try await desk.account()
        for number in 1...500 { #expect(try await use(desk, account, "cpt/\(10_000 + number)") == .allowed) }
        #expect(try await use(desk, account, "cpt/99999") == .dailyLimit)
        #expect(try await use(desk, account, "cpt/10001") == .allowed)
        #expect(try await use(desk, desk.account("other@example.org"), "cpt/99999") == .allowed)
        #expect(try await desk.client.getLicence(.init(system: "cpt")).dailyTexts == 500)
    }
}
