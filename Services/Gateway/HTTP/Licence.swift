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
    /// - Parameter year: of the code set that the text is of; 0: not known beforehand.
    /// - Throws: what `Accounts.UseLicence` throws.
    func mayShow(
        _ item: String, of year: UInt32, to reader: Reader, context: GatewayContext
    ) async throws(ServiceFailure) -> Bool {
        guard let account = reader.account else { return false }
        return try await use(item, of: year, by: account, context: context).verdict == .allowed
    }

    /// Counts an account as a reader of a licensed text, or says why it may not see it.
    /// - Parameter year: of the code set that the text is of; 0: not known beforehand.
    /// - Throws: what `Accounts.UseLicence` throws.
    func use(
        _ item: String, of year: UInt32, by account: AccountsAPI.Account, context: GatewayContext
    ) async throws(ServiceFailure) -> AccountsAPI.UseLicenceReply {
        try await asking(.accounts) { () throws(ServiceError) in
            try await accounts.useLicence(
                AccountsAPI.UseLicenceRequest(system: Self.name, accountId: account.id, item: item, year: year),
                options: context.options(for: account))
        }
    }

    /// The year of the code set whose edition takes effect on a day, `YYYY-MM-DD` (an edition of CPT is its year's, and so
    /// are the quarters of its analyses); 0 when the text is no day.
    static func year(of day: String) -> UInt32 {
        day.split(separator: "-", maxSplits: 1).first.flatMap { UInt32($0) } ?? 0
    }
}
