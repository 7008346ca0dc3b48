import Contracts
import RPC

/// Licensed texts (CPT): shown only to an account that accepted the terms in force, under a licence in force, and counted.
struct Licence: Sendable {
    /// The code sets whose texts need a licence, and the licence that they come under.
    static let systems: Set = ["cpt", "cpt-modifier"]
    private static let name = "cpt"

    let accounts: AccountsAPI.Client

    /// Whether a reader would be shown licensed texts of a code set, as far as that is known beforehand. Counts nothing.
    /// - Throws: what `Accounts.GetLicence` throws.
    func isAccepted(
        for system: String, by reader: Reader, context: GatewayContext
    ) async throws(ServiceFailure) -> Bool {
        guard Self.systems.contains(system), let account = reader.account else { return false }
        let licence = try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.getLicence(
                AccountsAPI.GetLicenceRequest(system: Self.name, accountId: account.id),
                options: context.options(timeout: CallTimeouts.accounts, principal: reader.principal))
        }
        return licence.status == "active" && licence.termsAccepted
    }

    /// Whether a licensed text may be shown now; the reader is counted as having seen it.
    /// - Throws: what `Accounts.UseLicence` throws.
    func mayShow(_ item: String, to reader: Reader, context: GatewayContext) async throws(ServiceFailure) -> Bool {
        guard let account = reader.account else { return false }
        let reply = try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.useLicence(
                AccountsAPI.UseLicenceRequest(system: Self.name, accountId: account.id, item: item),
                options: context.options(timeout: CallTimeouts.accounts, principal: reader.principal))
        }
        return reply.verdict == .allowed
    }
}
