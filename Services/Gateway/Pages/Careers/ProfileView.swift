import Contracts

/// What a seeker tells employers, as `profile.mustache` takes it.
struct ProfileView: Sendable {
    let name: String
    let headline: String
    let credentials: String
    let specialties: String
    let years: String
    let state: String
    let remoteOnly: Bool
    let csrf: String
    let notice: String?
    let problem: String?

    init(_ profile: SeekersAPI.Profile, csrf: String, notice: String, problem: String) {
        name = profile.name
        headline = profile.headline
        credentials = profile.credentials.joined(separator: ", ")
        specialties = profile.specialties.map(JobWords.specialty).joined(separator: ", ")
        years = profile.years == 0 ? "" : "\(profile.years)"
        state = profile.state
        remoteOnly = profile.remoteOnly
        self.csrf = csrf
        self.notice = notice.shown
        self.problem = problem.shown
    }
}
