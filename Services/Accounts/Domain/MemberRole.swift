/// What somebody may do in an organisation.
package enum MemberRole: String, Sendable, CaseIterable {
    /// One of each organisation: everything.
    case owner
    /// Everything but ownership, roles, billing and deletion.
    case manager
    /// Takes part.
    case member

    /// Whether it may invite, rename, and see who is invited.
    package var manages: Bool { self != .member }

    /// Whether it may take another one out.
    package func mayRemove(_ other: MemberRole) -> Bool {
        switch (self, other) {
        case (.owner, .manager), (.owner, .member), (.manager, .member): true
        default: false
        }
    }
}
