import Contracts

/// The parts of the administration, as its navigation lists them.
enum AdministrationSection: String, CaseIterable, Sendable {
    case accounts = "/admin"
    case licences = "/admin/licences"
    case offers = "/admin/offers"
    case moderation = "/admin/careers"
    case cases = "/admin/cases"
    case audit = "/admin/audit"

    var path: String { rawValue }

    var name: String {
        switch self {
        case .accounts: "Accounts"
        case .licences: "Licences and royalties"
        case .offers: "Offers"
        case .moderation: "Moderation of jobs"
        case .cases: "Cases by mail"
        case .audit: "Audit log"
        }
    }

    /// The navigation with this section marked, as administrators see it.
    var navigation: [AccountSection.Item] { navigation(of: Self.allCases) }

    /// The navigation with this section marked, as an account may use it: moderators and consultants who are no administrators have their
    /// queues alone.
    func navigation(for account: AccountsAPI.Account) -> [AccountSection.Item] {
        navigation(
            of: Self.allCases.filter { section in
                switch section {
                case .moderation: account.isModerator
                case .cases: account.isConsultant
                default: account.isAdministrator
                }
            })
    }

    private func navigation(of sections: [Self]) -> [AccountSection.Item] {
        sections.map { AccountSection.Item(name: $0.name, path: $0.path, isCurrent: $0 == self) }
    }
}
