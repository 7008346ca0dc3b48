/// What an account may do beside what every member may.
package enum Role: String, Sendable, CaseIterable {
    case member
    /// Writes the site's own texts.
    case editor
    /// Answers the cases that no program could.
    case consultant
    /// Posts jobs.
    case employer
    /// Reviews postings and feedback.
    case moderator
    /// Everything.
    case administrator

    /// The roles of a comma-separated list; every account is a member.
    package static func list(_ text: String) -> [Role] {
        let named = text.split(separator: ",").compactMap { Role(rawValue: String($0)) }
        return allCases.filter { $0 == .member || named.contains($0) }
    }

    /// As they are stored.
    package static func text(_ roles: [Role]) -> String {
        allCases.filter { $0 != .member && roles.contains($0) }.map(\.rawValue).joined(separator: ",")
    }
}
