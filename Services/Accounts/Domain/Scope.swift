/// What an API key may do.
package enum Scope: String, Sendable, CaseIterable {
    /// Codes, searches, the own usage.
    case read
    /// CasePilot.
    case ask
    /// All that a session may, but what changes how somebody logs in.
    case write

    /// The scopes of a comma-separated list.
    package static func list(_ text: String) -> [Scope] {
        let named = text.split(separator: ",").compactMap { Scope(rawValue: String($0)) }
        return allCases.filter(named.contains)
    }

    /// As they are stored.
    package static func text(_ scopes: [Scope]) -> String {
        allCases.filter(scopes.contains).map(\.rawValue).joined(separator: ",")
    }
}
