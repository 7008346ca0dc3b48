/// The parts of the administration, as its navigation lists them.
enum AdministrationSection: String, CaseIterable, Sendable {
    case accounts = "/admin"
    case licences = "/admin/licences"
    case moderation = "/admin/careers"
    case audit = "/admin/audit"

    var path: String { rawValue }

    var name: String {
        switch self {
        case .accounts: "Accounts"
        case .licences: "Licences and royalties"
        case .moderation: "Moderation of jobs"
        case .audit: "Audit log"
        }
    }

    /// The navigation with this section marked.
    var navigation: [AccountSection.Item] {
        Self.allCases.map { AccountSection.Item(name: $0.name, path: $0.path, isCurrent: $0 == self) }
    }
}
