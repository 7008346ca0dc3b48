import Accounts
import Contracts
import Foundation
import Logging
import Mail
import RPC
import Storage

/// Accounts over a real store in a folder of its own, called through the contract.
final class Desk: Sendable {
    let folder: URL
    let clock: TestClock
    let store: Store
    let passwords: PasswordWork
    let client: AccountsAPI.Client
    let me: MeAPI.Client
    let desks: DeskAPI.Client
    let admin: AdministrationAPI.Client
    let standing: StandingAPI.Client
    let organisations: OrganisationsAPI.Client
    let billing: BillingAPI.Client

    /// The options of a call from the machine's own command line.
    static let machine = CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8))

    /// Cheap hashes: the tests are about accounts, not about how long Argon2id takes.
    static let hasher = PasswordHasher(passes: 1, memory: 8192)
    static let password = "nine unrelated pears"

    init(
        _ date: String = "2026-03-10", networkCeiling: Int = 200, registrations: Int = 1_000,
        hasher: PasswordHasher = Desk.hasher, queueLimit: Int = PasswordWork.queueLimit, pageLimit: Int = 0,
        payments: PaymentProvider = .none
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("accounts-\(UUID().uuidString)")
        clock = TestClock(date)
        store = try Desk.open(folder.appendingPathComponent("accounts.sqlite").path, pageLimit: pageLimit)
        passwords = try PasswordWork(hasher, queueLimit: queueLimit)
        let handler = try Desk.handler(
            store, passwords, clock, AccountsLimits(guestGrants: networkCeiling, registrations: registrations),
            payments: payments)
        let channel = InProcessChannel(routes: AccountsService.routes(handler))
        client = AccountsAPI.Client(channel)
        me = MeAPI.Client(channel)
        desks = DeskAPI.Client(channel)
        admin = AdministrationAPI.Client(channel)
        standing = StandingAPI.Client(channel)
        organisations = OrganisationsAPI.Client(channel)
        billing = BillingAPI.Client(channel)
    }

    deinit {
        passwords.close()
        do {
            try store.close()
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("\(folder.path) stays behind: \(error)")
        }
    }

    static func open(_ path: String, pageLimit: Int = 0) throws -> Store {
        var configuration = StoreConfiguration(path: path, migrations: AccountsSchema.migrations)
        configuration.pageLimit = pageLimit
        return try Store(configuration)
    }

    static func handler(
        _ store: Store, _ passwords: PasswordWork, _ clock: TestClock, _ limits: AccountsLimits = AccountsLimits(),
        payments: PaymentProvider = .none
    ) throws -> AccountsHandler {
        AccountsHandler(
            store: store, passwords: passwords, letters: try Letters(origin: "https://desk.example.org"),
            limits: limits, payments: payments, clock: clock.wall,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    static func client(
        _ store: Store, _ passwords: PasswordWork, _ clock: TestClock
    ) throws -> AccountsAPI.Client {
        AccountsAPI.Client(
            InProcessChannel(routes: AccountsAPI.routes(try handler(store, passwords, clock))))
    }

    // MARK: Short words for calls

    func open(
        _ subject: AccountsAPI.Subject, _ item: String, feature: String = "code_page", network: String = "",
        key: IdempotencyKey? = nil
    ) async throws(ServiceError) -> AccountsAPI.OpenReply {
        try await client.open(
            AccountsAPI.OpenRequest(subject: subject, feature: feature, item: item, network: network),
            options: CallOptions(timeout: .seconds(60), idempotencyKey: key))
    }

    func balance(
        _ subject: AccountsAPI.Subject, feature: String = "code_page"
    ) async throws(ServiceError) -> AccountsAPI.Balance {
        try await client.getBalance(AccountsAPI.GetBalanceRequest(subject: subject, feature: feature))
    }

    func register(
        _ email: String = "coder@example.org", password: String = Desk.password, guest: String = ""
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try await client.register(
            AccountsAPI.RegisterRequest(email: email, password: password, guestId: guest, network: "203.0.113.0/24"),
            options: CallOptions(timeout: .seconds(60)))
    }

    func logIn(
        _ email: String = "coder@example.org", password: String = Desk.password, network: String = "203.0.113.0/24"
    ) async throws(ServiceError) -> AccountsAPI.Session {
        try await client.logIn(
            AccountsAPI.LogInRequest(email: email, password: password, network: network),
            options: CallOptions(timeout: .seconds(60)))
    }

    func authenticate(_ token: String) async throws(ServiceError) -> AccountsAPI.Account {
        try await client.authenticate(AccountsAPI.AuthenticateRequest(token: token))
    }

    /// The options of a call that is made for whoever a session's token or a key belongs to.
    func acting(_ token: String) async throws(ServiceError) -> CallOptions {
        let account = try await authenticate(token)
        return CallOptions(timeout: .seconds(60), principal: Array(account.principal.utf8))
    }

    /// The mails that wait, the newest last.
    func mails(_ kind: String? = nil) throws -> [MailMessage] {
        try store.read { database in try Outbox.due(at: .max, limit: 1_000, in: database) }
            .sorted { $0.createdAt < $1.createdAt }.map(\.message).filter { kind == nil || $0.kind == kind }
    }

    /// The token in the link of a mail.
    static func token(in message: MailMessage?) -> String {
        guard let text = message?.text, let start = text.range(of: "?token=") else { return "" }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace })
    }

    /// Registers and verifies.
    func verified(_ email: String = "coder@example.org") async throws -> AccountsAPI.Session {
        let session = try await register(email)
        let mail = try mails("verify").last { $0.recipient == email }
        _ = try await client.verifyEmail(AccountsAPI.VerifyEmailRequest(token: Desk.token(in: mail)))
        return session
    }

    /// A new account as a subject.
    func account(_ email: String = "coder@example.org", guest: String = "") async throws -> AccountsAPI.Subject {
        let session = try await register(email, guest: guest)
        return AccountsAPI.Subject(kind: "account", id: session.account?.id ?? "")
    }

    /// Rows of a table.
    func count(_ table: String) throws -> Int64 {
        try store.read { database in
            try database.first("SELECT count(*) FROM \(table)") { row in row.integer(0) }
        } ?? -1
    }

    /// Puts an account on another plan, as an operator will.
    func setPlan(_ plan: String, of subject: AccountsAPI.Subject) async throws {
        let id = subject.id
        try await store.writer.write { database in
            try database.run("UPDATE accounts SET plan = ? WHERE id = ?", [.text(plan), .text(id)])
        }
    }

    /// Charges in the ledger, and what the entries of the subject's feature sum up to.
    func ledger(_ subject: AccountsAPI.Subject, feature: Int64 = 1) throws -> (charges: Int64, sum: Int64) {
        let stored = "\(subject.kind.prefix(1)):\(subject.id)"
        let found = try store.read { database in
            try database.first(
                "SELECT count(*) FILTER (WHERE item <> ''), coalesce(sum(amount), 0) FROM entries "
                    + "WHERE subject = ? AND feature = ?", [.text(stored), .integer(feature)]
            ) { row in (row.integer(0), row.integer(1)) }
        }
        return found ?? (0, 0)
    }
}

func guest(_ id: String = "guest-0001") -> AccountsAPI.Subject { AccountsAPI.Subject(kind: "guest", id: id) }
