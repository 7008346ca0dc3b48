import Contracts

/// The employers of a reader, as `employers.mustache` takes them.
struct EmployersView: Sendable {
    struct EmployerView: Sendable {
        let name: String
        let path: String
        let domain: String
        let isVerified: Bool
        let openJobs: String
    }

    let employers: [EmployerView]
    let hasEmployers: Bool
    let name: String
    let domain: String
    let website: String
    let about: String
    let csrf: String
    let problem: String?

    init(
        _ reply: EmployersAPI.ListMyEmployersReply, typed: EmployersAPI.CreateEmployerRequest, csrf: String,
        problem: String
    ) {
        employers = reply.employers.map {
            EmployerView(
                name: $0.name, path: "/employers/\($0.id)", domain: $0.domain, isVerified: $0.verified,
                openJobs: "\($0.openJobs)")
        }
        hasEmployers = !employers.isEmpty
        name = typed.name
        domain = typed.domain
        website = typed.website
        about = typed.about
        self.csrf = csrf
        self.problem = problem.shown
    }
}
