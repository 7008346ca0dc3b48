import Contracts
import HTTPTypes
import Hummingbird
import RPC

extension Site {
    /// The blocks of a code page that a reader's plan opens.
    /// - Throws: what `Accounts.GetPlan` throws.
    func openBlocks(of reader: Reader, context: GatewayContext) async throws(ServiceFailure) -> [String] {
        if let account = reader.account { return account.openBlocks }
        return try await plans.plan(.guest, context: context).openBlocks
    }

    /// The key that a caller's `Idempotency-Key` stands for: its own for every reader; nil without the header.
    func idempotencyKey(of request: Request, reader: Reader) -> IdempotencyKey? {
        guard let given = request.headers[.idempotencyKey], !given.isEmpty else { return nil }
        return idempotencyKey(named: given, reader: reader)
    }

    /// The key that a reader's own name for an act stands for.
    func idempotencyKey(named given: String, reader: Reader) -> IdempotencyKey? {
        let signature = signingKey.signature(for: .idempotency, of: Array("\(reader.subject)\n\(given)".utf8))
        return IdempotencyKey(Array(signature.prefix(16)))
    }
}
