import Accounts
import Contracts
import Foundation
import Logging
import RPC
import Storage

/// Accounts as the program serves it, over a store in a folder of its own, with cheap password hashes.
final class RealAccounts: Sendable {
    let routes: [Route]
    private let folder: URL
    private let store: Store
    private let passwords: PasswordWork

    init(payments: PaymentProvider = .test(PaymentSigner())) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-accounts-\(UUID().uuidString)")
        store = try Store(
            StoreConfiguration(
                path: folder.appendingPathComponent("accounts.sqlite").path, migrations: AccountsSchema.migrations))
        passwords = try PasswordWork(PasswordHasher(passes: 1, memory: 8192))
        let handler = AccountsHandler(
            store: store, passwords: passwords, letters: try Letters(origin: "https://desk.example.org"),
            limits: AccountsLimits(), payments: payments,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        routes = AccountsService.routes(handler)
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

    /// Makes an administrator, as the command line does.
    func makeAdministrator(_ email: String) async throws {
        var options = CallOptions()
        options.principal = Array("operator test".utf8)
        _ = try await AdministrationAPI.Client(InProcessChannel(routes: routes)).makeAccount(
            AdministrationAPI.MakeAccountRequest(
                email: email, password: "correct horse battery", roles: ["administrator"]), options: options)
    }

    /// Makes an account whose address is verified.
    func makeVerified(_ email: String) async throws {
        var options = CallOptions()
        options.principal = Array("operator test".utf8)
        _ = try await AdministrationAPI.Client(InProcessChannel(routes: routes)).makeAccount(
            AdministrationAPI.MakeAccountRequest(email: email, password: "correct horse battery"), options: options)
    }

    /// The token in the newest mail of a kind to an address; empty when there is none.
    func mailedToken(_ kind: String, to address: String) throws -> String {
        let text = try store.read { database in
            try database.first(
                "SELECT text FROM outbox WHERE kind = ? AND recipient = ? ORDER BY created_at DESC",
                [.text(kind), .text(address)]
            ) { row in row.text(0) }
        }
        guard let text, let start = text.firstRange(of: "?token=") else { return "" }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace })
    }
}
