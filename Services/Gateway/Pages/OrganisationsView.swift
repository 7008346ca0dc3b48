import Contracts

/// The organisations that a reader belongs to, as `organisations.mustache` takes them.
struct OrganisationsView: Sendable {
    struct Item: Sendable {
        let name: String
        let path: String
        let role: String
        let seats: String
        let plan: String?
    }

    let sections = AccountSection.organisations.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let name: String
    let isVerified: Bool
    /// What members see beside the address.
    let displayName: String
    let items: [Item]
    let hasItems: Bool

    init(
        _ organisations: [OrganisationsAPI.Organisation], csrf: String, done: DoneNotice?, problem: String?,
        name: String, isVerified: Bool, displayName: String
    ) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        self.name = name
        self.isVerified = isVerified
        self.displayName = displayName
        items = organisations.map { organisation in
            Item(
                name: organisation.name, path: "\(AccountSection.organisations.path)/\(organisation.id)",
                role: organisation.role, seats: "\(organisation.seatsUsed) of \(organisation.seats)",
                plan: organisation.plan.isEmpty ? nil : organisation.plan)
        }
        hasItems = !items.isEmpty
    }
}
