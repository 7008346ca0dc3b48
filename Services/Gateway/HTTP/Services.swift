import Contracts
import RPC

/// The contract's clients that pages and the JSON API call.
struct Services: Sendable {
    let lookup: LookupAPI.Client
    let accounts: AccountsAPI.Client
    let me: MeAPI.Client
    let desks: DeskAPI.Client
    let administration: AdministrationAPI.Client
    let standing: StandingAPI.Client
    let organisations: OrganisationsAPI.Client
    let billing: BillingAPI.Client
    let assistant: AssistantAPI.Client
    let consultant: ConsultantAPI.Client
    let jobs: JobsAPI.Client
    let employers: EmployersAPI.Client
    let seekers: SeekersAPI.Client
    let moderation: ModerationAPI.Client
    /// Each service's health, by the service's name, in the order in which `/readyz` lists them.
    let health: [(name: String, client: HealthAPI.Client)]

    init(channels: GatewayChannels) {
        lookup = LookupAPI.Client(channels.lookup)
        accounts = AccountsAPI.Client(channels.accounts)
        me = MeAPI.Client(channels.accounts)
        desks = DeskAPI.Client(channels.accounts)
        administration = AdministrationAPI.Client(channels.accounts)
        standing = StandingAPI.Client(channels.accounts)
        organisations = OrganisationsAPI.Client(channels.accounts)
        billing = BillingAPI.Client(channels.accounts)
        assistant = AssistantAPI.Client(channels.assistant)
        consultant = ConsultantAPI.Client(channels.assistant)
        jobs = JobsAPI.Client(channels.jobs)
        employers = EmployersAPI.Client(channels.jobs)
        seekers = SeekersAPI.Client(channels.jobs)
        moderation = ModerationAPI.Client(channels.jobs)
        health = [
            ("Lookup", HealthAPI.Client(channels.lookup)),
            ("Assistant", HealthAPI.Client(channels.assistant)),
            ("Accounts", HealthAPI.Client(channels.accounts)),
            ("Jobs", HealthAPI.Client(channels.jobs)),
        ]
    }
}
