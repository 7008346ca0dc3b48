import Contracts

/// A reader's API keys, as `keys.mustache` takes them.
struct KeysView: Sendable {
    struct KeyView: Sendable {
        let id: String
        let name: String
        let scopes: String
        let createdAt: String
        let lastUsedAt: String
    }

    let sections = AccountSection.keys.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    /// A new key's secret, shown this once.
    let secret: String?
    let name: String
    let keys: [KeyView]
    let hasKeys: Bool

    init(
        _ keys: [MeAPI.Key], csrf: String, done: DoneNotice?, problem: String? = nil, secret: String? = nil,
        name: String = ""
    ) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        self.secret = secret
        self.name = name
        self.keys = keys.map { key in
            KeyView(
                id: key.id, name: key.name, scopes: key.scopes.joined(separator: ", "),
                createdAt: UTCInstant(key.createdAt)?.words ?? key.createdAt,
                lastUsedAt: UTCInstant(key.lastUsedAt)?.words ?? "never")
        }
        hasKeys = !keys.isEmpty
    }
}
