import Contracts
import Hummingbird
import RPC

/// Opens metered things for readers through Accounts: mint first, then grant and count in one act.
struct Metering: Sendable {
    let accounts: AccountsAPI.Client
    let readers: ReaderIdentification
    let network: ReaderNetwork
    let surroundings: Surroundings

    /// Opens an item of a feature for a reader; a newcomer becomes a guest, whose cookie goes out with the reply.
    /// - Throws: what `Accounts.Open` throws, or INTERNAL when its answer says neither yes nor no.
    func open(
        _ feature: Feature, item: String, for reader: Reader, request: Request, context: GatewayContext,
        idempotencyKey: IdempotencyKey? = nil
    ) async throws(ServiceFailure) -> AccountsAPI.OpenReply {
        let subject = subject(of: reader, context: context)
        let network = network.prefix(of: request, peer: context.peer)
        let key = idempotencyKey ?? IdempotencyKey(surroundings.randomBytes(16))
        let options = context.options(
            timeout: CallTimeouts.accounts, idempotencyKey: key, principal: reader.principal)
        let reply = try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.open(
                AccountsAPI.OpenRequest(subject: subject, feature: feature.rawValue, item: item, network: network),
                options: options)
        }
        switch reply.outcome {
        case .granted, .repeat, .refused: return reply
        case .unspecified, .unrecognized:
            throw ServiceFailure(
                service: .accounts,
                error: ServiceError(.internal, "Open gave an outcome that this version does not know"))
        }
    }

    /// What is left of a feature.
    /// - Throws: what `Accounts.GetBalance` throws.
    func balance(
        of feature: Feature, for account: AccountsAPI.Account, context: GatewayContext
    ) async throws(ServiceFailure) -> AccountsAPI.Balance {
        let subject = AccountsAPI.Subject(kind: "account", id: account.id)
        return try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.getBalance(
                AccountsAPI.GetBalanceRequest(subject: subject, feature: feature.rawValue),
                options: context.options(timeout: CallTimeouts.accounts))
        }
    }

    private func subject(of reader: Reader, context: GatewayContext) -> AccountsAPI.Subject {
        switch reader {
        case .newcomer: AccountsAPI.Subject(kind: "guest", id: readers.mintGuest(context: context).text)
        case .guest(let guest): AccountsAPI.Subject(kind: "guest", id: guest.text)
        case .account(let account, _): AccountsAPI.Subject(kind: "account", id: account.id)
        }
    }
}
