import Contracts

/// The operator's licence records, as `adminlicences.mustache` takes them.
struct LicencesView: Sendable {
    struct LicenceView: Sendable {
        let id: String
        let systemName: String
        let licensee: String
        let number: String
        let years: String
        let seats: String
        let term: String
        let status: String
        let isActive: Bool
        let isWithdrawn: Bool
        let models: String
        let dailyTexts: String
    }

    let sections = AdministrationSection.licences.navigation
    let csrf: String
    let notice: String?
    let problem: String?
    let year: String
    let licences: [LicenceView]
    let hasLicences: Bool

    init(_ list: AdministrationAPI.LicenceList, csrf: String, today: CalendarDay, done: DoneNotice?, problem: String?) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        year = "\(today.year)"
        licences = list.licences.map { licence in
            let years = [licence.firstYear, licence.lastYear].map { $0 == 0 ? "any" : "\($0)" }
            return LicenceView(
                id: licence.id, systemName: CodeSystem.name(of: licence.system), licensee: licence.licensee,
                number: licence.number, years: years[0] == years[1] ? years[0] : years.joined(separator: " to "),
                seats: licence.seats == 0 ? "no limit" : "\(licence.seatsUsed) of \(licence.seats) taken",
                term: "\(licence.startsOn) to \(licence.endsOn)", status: licence.status,
                isActive: licence.status == "active", isWithdrawn: licence.status == "withdrawn",
                models: licence.allowsModels ? "allowed" : "not allowed",
                dailyTexts: "\(licence.dailyTexts)")
        }
        hasLicences = !licences.isEmpty
    }
}
