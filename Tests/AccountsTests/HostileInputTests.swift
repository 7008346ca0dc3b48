import Accounts
import Contracts
import Foundation
import Mail
import RPC
import Storage
import Testing

/// What nobody honest sends, and what clocks and disks do to honest people.
@Suite struct HostileInputTests {
    private func refused(
        _ kind: ServiceError.Kind, _ reason: String? = nil, _ body: () async throws -> Void
    ) async {
        let error = await #expect(throws: ServiceError.self) { try await body() }
        #expect(error?.kind == kind && (reason == nil || error?.reason == reason), "\(String(describing: error))")
    }

    /// Ten megabytes are more than a message may have; three reach the handlers.
    @Test(arguments: [3_500_000, 1_000_000])
    func `a password of megabytes costs its arrival and no more, wherever it is sent`(count: Int) async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        let huge = String(repeating: "x\u{301}", count: count)
        let isMessage = count < 1_300_000
        func expect(_ kind: ServiceError.Kind, _ body: () async throws -> Void) async {
            await refused(isMessage ? kind : .resourceExhausted, nil, body)
        }
        let time = await ContinuousClock().measure {
            await expect(.invalidArgument) { _ = try await desk.register("huge@example.org", password: huge) }
            await expect(.unauthenticated) { _ = try await desk.logIn(password: huge) }
            await expect(.permissionDenied) {
                _ = try await desk.me.changePassword(
                    .init(password: huge, newPassword: "six unrelated figs"), options: options)
            }
            await expect(.invalidArgument) {
                _ = try await desk.me.changePassword(
                    .init(password: Desk.password, newPassword: huge), options: options)
            }
            await expect(.permissionDenied) { _ = try await desk.me.deleteMe(.init(password: huge), options: options) }
            await expect(.unauthenticated) {
                _ = try await desk.client.logIn(.init(email: huge, password: Desk.password))
            }
            await expect(.unauthenticated) { _ = try await desk.authenticate(huge) }
            await expect(.notFound) { _ = try await desk.client.verifyEmail(.init(token: huge)) }
            await expect(.invalidArgument) {
                _ = try await desk.me.createKey(.init(name: huge, scopes: ["read"]), options: options)
            }
        }
        // Generous: other builds share the machine. Hashing or counting characters of it would take far longer.
        #expect(time < .seconds(20), "\(time)")
        _ = try await desk.logIn()
    }

    @Test(arguments: [
        "coder@exаmple.org", "ｃoder@example.org", "coder@example.org\u{200B}", "co\u{00AD}der@example.org",
        "coder\u{202E}@example.org", "coder@example。org", "coder@exam\u{0301}ple.org", "\u{FEFF}coder@example.org",
        "coder@example.org\r\nBcc: all@example.org", "coder\u{0000}@example.org", "coder@EXAMPLE.ORG.", "👩‍⚕️@example.org",
    ])
    func `an address that only looks like another is refused, and says so of the field`(email: String) async throws {
        let desk = try Desk()
        _ = try await desk.verified()
        let error = await #expect(throws: ServiceError.self) { try await desk.register(email) }
        #expect(error?.kind == .invalidArgument && error?.field == "email")
        await refused(.unauthenticated) { _ = try await desk.logIn(email) }
        #expect(try desk.count("accounts") == 1)
    }

    @Test(arguments: [
        "key\u{202E}gnp.exe", "key\u{200B}", "\u{2066}key", "ke\u{0000}y", "ke\ny", "\u{E0041}key", "key\u{FFF9}",
        "\u{2028}k\u{2029}ey", String(repeating: "e\u{301}\u{302}\u{303}\u{304}\u{305}", count: 85),
    ])
    func `a name that hides or turns text is refused for keys, people and teams`(name: String) async throws {
        let desk = try Desk()
        let options = try await desk.acting(try await desk.verified().token)
        await refused(.invalidArgument) {
            _ = try await desk.me.createKey(.init(name: name, scopes: ["read"]), options: options)
        }
        await refused(.invalidArgument) {
            _ = try await desk.organisations.createOrganisation(.init(name: name + "x"), options: options)
        }
        await refused(.invalidArgument) {
            _ = try await desk.organisations.setDisplayName(.init(name: name), options: options)
        }
    }

    @Test func `a link that many open at once works once`() async throws {
        let desk = try Desk()
        _ = try await desk.register()
        let verification = Desk.token(in: try desk.mails("verify").last)
        #expect(try await winners { _ = try await desk.client.verifyEmail(.init(token: verification)) } == 1)
        _ = try await desk.client.requestPasswordReset(.init(email: "coder@example.org"))
        try await desk.store.writer.write { _ in }
        let reset = Desk.token(in: try desk.mails("reset").last)
        let won = try await winners {
            _ = try await desk.client.resetPassword(.init(token: reset, password: "six unrelated figs"))
        }
        #expect(won == 1)
        #expect(try desk.mails("notice").count == 1)
    }

    private func winners(_ act: @escaping @Sendable () async throws -> Void) async throws -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do {
                        try await act()
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    @Test(arguments: ["", "mv_", "mr_", "mc_", "mi_", "ca_"])
    func `a token under the name of another kind opens nothing`(prefix: String) async throws {
        let desk = try Desk()
        let session = try await desk.verified()
        let options = try await desk.acting(session.token)
        _ = try await desk.client.requestPasswordReset(.init(email: "coder@example.org"))
        _ = try await desk.me.changeEmail(.init(email: "new@example.org", password: Desk.password), options: options)
        try await desk.store.writer.write { _ in }
        let key = try await desk.me.createKey(.init(name: "k", scopes: ["read"]), options: options).secret
        let reset = Desk.token(in: try desk.mails("reset").last)
        let change = Desk.token(in: try desk.mails("change").last)
        for own in [("", session.token), ("ca_", key), ("mr_", reset), ("mc_", change)] where own.0 != prefix {
            let forged = prefix + own.1.dropFirst(own.0.count)
            await refused(.unauthenticated) { _ = try await desk.authenticate(forged) }
            await refused(.notFound) { _ = try await desk.client.verifyEmail(.init(token: forged)) }
            await refused(.notFound) {
                _ = try await desk.client.resetPassword(.init(token: forged, password: "six unrelated figs"))
            }
            await refused(.notFound) { _ = try await desk.organisations.lookAtInvitation(.init(token: forged)) }
        }
    }

    @Test(arguments: [3_600, -3_600] as [Int64])
    func `a clock that steps an hour gives nothing twice, keeps nobody out and leaves the ledger sound`(
        step: Int64
    ) async throws {
        // Half an hour past a month's beginning: a step back goes into the month before.
        let desk = try Desk("2026-04-01")
        desk.clock.advance(seconds: 1_800)
        let session = try await desk.register()
        let account = AccountsAPI.Subject(kind: "account", id: session.account?.id ?? "")
        #expect(try await desk.open(guest(), "cpt/20975").outcome == .granted)
        for number in 0..<5 { #expect(try await desk.open(account, "icd10cm/A0\(number)").outcome == .granted) }
        let hold = try await desk.client.reserve(
            .init(subject: account, feature: "casepilot_question", item: "q1"),
            options: CallOptions(idempotencyKey: .random()))
        for _ in 0..<6 {
            await #expect(throws: ServiceError.self) { try await desk.logIn(password: "another password") }
        }
        desk.clock.advance(seconds: step)
        // The guest's 30 days go on, whichever side of their beginning the clock is on.
        #expect(try await desk.open(guest(), "cpt/20975").outcome == .repeat)
        #expect(try await desk.open(guest(), "icd10cm/A10").outcome == .refused)
        #expect(try await desk.authenticate(session.token).id == account.id)
        // A failed login made whoever tried wait a second; the step makes it no longer than that.
        let wait = await #expect(throws: (any Error).self) { try await desk.logIn(password: "another password") }
        let error = wait as? ServiceError
        #expect((error?.retryAfter ?? .zero) <= .seconds(2), "\(String(describing: error))")
        desk.clock.advance(seconds: 2)
        _ = try await desk.logIn()
        if step < 0 {
            _ = try await desk.client.commit(.init(hold: hold.hold))
        }
        desk.clock.advance(seconds: -step)
        #expect(try await desk.open(guest(), "cpt/20975").outcome == .repeat)
        #expect(try await desk.open(account, "icd10cm/A00").outcome == .repeat)
        #expect(try await desk.open(account, "icd10cm/A09").outcome == .refused)
        let proof = try await desk.admin.reconcile(.init(), options: Desk.machine)
        #expect(proof.drift == 0, "\(proof.findings)")
    }

    @Test func `a full disk refuses registrations, teams and payments clearly, and takes them when there is room`()
        async throws
    {
        let desk = try Desk(pageLimit: 90, payments: .test(PaymentSigner()))
        let options = try await desk.acting(try await desk.verified().token)
        var failure: ServiceError?
        for number in 0..<2_000 where failure == nil {
            do throws(ServiceError) {
                _ = try await desk.register("coder\(number)@example.org")
            } catch {
                failure = error
            }
        }
        #expect(failure?.kind == .unavailable && failure?.reason == "storage_full" && failure?.mayHaveRun == false)
        let accounts = try desk.count("accounts")
        // Reading goes on: whoever is logged in stays so.
        _ = try await desk.me.getMe(.init(), options: options)
        #expect(try desk.count("accounts") == accounts)
        try await desk.store.writer.write { database in try database.run("PRAGMA max_page_count = 2000") }
        _ = try await desk.register("late@example.org")
        _ = try await desk.organisations.createOrganisation(.init(name: "Clinic"), options: options)
        #expect(try desk.count("accounts") == accounts + 1)
        try desk.store.check()
    }
}
