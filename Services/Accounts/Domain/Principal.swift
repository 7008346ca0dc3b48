/// On whose behalf a call is made, as its header says: words with blanks between them.
///
/// `ID session HANDLE` · `ID key HANDLE read,ask` · `operator NAME`. Authenticate makes the first two; the command line on
/// the machine itself makes the last. An account's id alone names the account with no credential: it may read, nothing else.
package enum Principal: Sendable, Equatable {
    /// How an account showed who it is.
    package enum Credential: Sendable, Equatable {
        case none
        case session(handle: String)
        case key(handle: String, scopes: [Scope])
    }

    case account(AccountID, Credential)
    /// Somebody at the machine's own command line.
    case machine(name: String)

    /// Reads a header; nil when nobody is named, or the words are none of these.
    package init?(_ bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        if first == "operator", words.count == 2 {
            self = .machine(name: words[1])
            return
        }
        guard let account = AccountID(first) else { return nil }
        switch (words.count, words.count > 1 ? words[1] : "") {
        case (1, _): self = .account(account, .none)
        case (3, "session"): self = .account(account, .session(handle: words[2]))
        case (4, "key"): self = .account(account, .key(handle: words[2], scopes: Scope.list(words[3])))
        default: return nil
        }
    }

    /// As a header has it.
    package var text: String {
        switch self {
        case .account(let id, .none): id.text
        case .account(let id, .session(let handle)): "\(id.text) session \(handle)"
        case .account(let id, .key(let handle, let scopes)): "\(id.text) key \(handle) \(Scope.text(scopes))"
        case .machine(let name): "operator \(name)"
        }
    }

    /// As the audit log names who did something.
    package var actor: String {
        switch self {
        case .account(let id, _): "a:\(id.text)"
        case .machine(let name): "operator:\(name)"
        }
    }
}
