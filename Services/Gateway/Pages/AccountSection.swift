/// The parts of a reader's own pages, as their navigation lists them.
enum AccountSection: String, CaseIterable, Sendable {
    case overview = "/account"
    case desk = "/account/desk"
    case security = "/account/security"
    case keys = "/account/keys"
    case organisations = "/account/organisations"
    case billing = "/account/billing"
    case data = "/account/data"

    /// One line of the navigation.
    struct Item: Sendable {
        let name: String
        let path: String
        let isCurrent: Bool
    }

    var path: String { rawValue }

    var name: String {
        switch self {
        case .overview: "Overview"
        case .desk: "Favourites and notes"
        case .security: "Sign-in and security"
        case .keys: "API keys"
        case .organisations: "Organisations"
        case .billing: "Plan and payment"
        case .data: "Your data"
        }
    }

    /// The navigation with this section marked.
    var navigation: [Item] {
        Self.allCases.map { Item(name: $0.name, path: $0.path, isCurrent: $0 == self) }
    }
}
