import RPC

/// Who calls: the account in the header of the call and whether it may change anything. The form is that of Accounts:
/// `ID session HANDLE`, `ID key HANDLE SCOPES`, or an id alone, which may only read.
struct Caller: Sendable, Equatable {
    let account: String
    let mayWrite: Bool

    /// Nil for a reader without an account.
    init?(_ context: CallContext) {
        let words = String(decoding: context.principal, as: UTF8.self).split(separator: " ").map(String.init)
        guard let first = words.first, first != "operator", (1...64).contains(first.utf8.count),
            first.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        account = first
        switch (words.count, words.dropFirst().first) {
        case (3, "session"): mayWrite = true
        case (4, "key"): mayWrite = words[3].split(separator: ",").contains("write")
        default: mayWrite = false
        }
    }

    /// - Throws: `permissionDenied` for whoever is not at the machine's own command line.
    static func operating(_ context: CallContext) throws(ServiceError) {
        guard context.principal.starts(with: "operator ".utf8) else {
            throw ServiceError(.permissionDenied, "Only the operator may do this, by codingahead.", reason: "role")
        }
    }

    /// - Throws: `unauthenticated` without an account.
    static func reading(_ context: CallContext) throws(ServiceError) -> Caller {
        guard let caller = Caller(context) else {
            throw ServiceError(.unauthenticated, "Log in first.", reason: "no_account")
        }
        return caller
    }

    /// - Throws: `unauthenticated` without an account; `permissionDenied` for a key that may not write.
    static func writing(_ context: CallContext) throws(ServiceError) -> Caller {
        let caller = try reading(context)
        guard caller.mayWrite else {
            throw ServiceError(
                .permissionDenied, "This API key may not write: use one with the scope write.", reason: "scope")
        }
        return caller
    }
}
