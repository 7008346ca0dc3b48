/// The parts of the administration, as its navigation lists them.
enum AdministrationSection: String, CaseIterable, Sendable {
    case accounts = "/admin"
    case licences = "/admin/licences"
    case offers = "/admin/offers"
    case moderation = "/admin/careers"
    case audit = "/admin/audit"

    var path: String { rawValue }

    var name: String {
        switch self {
        case .accounts: "Accounts"
        case .licences: "Licences and royalties"
        case .offers: "Offers"
        case .moderation: "Moderation of jobs"
        case .audit: "Audit log"
        }
    }

    /// The navigation with this section marked, as administrators see it.
    var navigation: [AccountSection.Item] { navigation(isAdministrator: true) }

    /// The navigation with this section marked; moderators who are no administrators have their queue alone.
    func navigation(isAdministrator: Bool) -> [AccountSection.Item] {
        Self.allCases.filter { isAdministrator || $0 == .moderation }.map {
            AccountSection.Item(name: $0.name, path: $0.path, isCurrent: $0 == self)
        }
    }
}
