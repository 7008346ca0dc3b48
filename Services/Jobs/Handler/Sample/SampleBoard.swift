import Calendar

/// Made-up employers and postings, to try the desk out and to measure it.
struct SampleBoard {
    /// Postings of one employer, about.
    static let postingsAnEmployer = 25
    /// Employers that the words give.
    static let mostEmployers = SampleWords.employerFirst.count * SampleWords.employerLast.count

    private var chance: SampleChance
    private let now: UTCInstant
    private let credentials: [String]

    init(seed: UInt64, credentials: [Credential], now: UTCInstant) {
        chance = SampleChance(seed: seed)
        self.credentials = credentials.map(\.abbreviation)
        self.now = now
    }

    /// The employers; their domains are of the kind that is reserved for examples (RFC 2606).
    mutating func employers(_ count: Int) -> [Employer] {
        let names = SampleWords.employerFirst.flatMap { first in SampleWords.employerLast.map { "\(first) \($0)" } }
        return names.shuffled(using: &chance).prefix(count).map { name in
            let label = String(name.lowercased().map { $0.isLetter ? $0 : "-" }).replacing("--", with: "-")
            return Employer(
                id: EmployerID(using: &chance), name: "\(name) (sample)", domain: "\(label).example",
                website: "", about: "This employer is made up, to try the desk out.", verifiedAt: now, isSample: true)
        }
    }

    /// A posting that has been open for some days, with its id.
    mutating func posting(of employer: Employer) -> (id: PostingID, content: PostingContent, publishedAt: UTCInstant) {
        let age = Int64.random(in: 0..<(20 * 86_400), using: &chance)
        let last = now.date.daysSince1970 + Int64.random(in: 6...38, using: &chance)
        var content = PostingContent(validThrough: CalendarDate(daysSince1970: last))
        let specialty = chance.pick(Specialty.allCases)
        let role = chance.pick(SampleWords.roles)
        content.title = chance.holds(70) ? "\(role), \(specialty.label)" : role
        content.specialties = [specialty] + chance.some(Specialty.allCases.filter { $0 != specialty }, upTo: 2)
        content.setting = chance.pick(CodingSetting.allCases)
        fillCredentials(&content)
        fillPlace(&content)
        fillPay(&content)
        content.productivity = chance.pick(SampleWords.productivity)
        content.records = chance.some(SampleWords.records, upTo: 2)
        content.encoders = chance.some(SampleWords.encoders, upTo: 2)
        content.benefits = chance.some(SampleWords.benefits, upTo: 6)
        content.description = description(specialty)
        return (PostingID(using: &chance), content, now.adding(seconds: -age - 120))
    }

    private mutating func fillCredentials(_ content: inout PostingContent) {
        content.welcomesApprentices = chance.holds(18)
        let shuffled = credentials.filter { $0 != "CPC-A" }.shuffled(using: &chance)
        let required = Int.random(in: 0...2, using: &chance)
        content.credentialsRequired = Array(shuffled.prefix(required))
        content.credentialsPreferred = Array(shuffled.dropFirst(required).prefix(Int.random(in: 0...2, using: &chance)))
        if chance.holds(60), !content.credentialsRequired.contains("CPC") {
            content.credentialsPreferred.removeAll { $0 == "CPC" }
            content.credentialsRequired.append("CPC")
        }
        if content.welcomesApprentices, chance.holds(40) { content.credentialsPreferred.append("CPC-A") }
    }

    private mutating func fillPlace(_ content: inout PostingContent) {
        content.workplace = chance.holds(55) ? .remote : chance.holds(50) ? .hybrid : .onsite
        guard content.workplace != .remote else {
            if chance.holds(40) {
                let letters = USState.names.keys.sorted().shuffled(using: &chance).prefix(8)
                content.statesAllowed = letters.sorted().compactMap { USState($0) }
            }
            return
        }
        let place = chance.pick(SampleWords.places)
        guard let state = USState(place.state) else { return }
        // Around the city's middle, so that a radius has something to tell apart.
        let north = Double.random(in: -0.4...0.4, using: &chance)
        let east = Double.random(in: -0.4...0.4, using: &chance)
        content.place = Place(
            city: place.city, state: state, postalCode: place.zip, latitude: place.latitude + north,
            longitude: place.longitude + east)
    }

    private mutating func fillPay(_ content: inout PostingContent) {
        content.employment = chance.holds(75) ? .fullTime : chance.pick(EmploymentType.allCases)
        content.hoursAWeek = content.employment == .partTime ? 20 : 40
        guard chance.holds(75) else { return }
        if chance.holds(60) {
            let least = Int64.random(in: 19...42, using: &chance) * 100
            content.salary = Salary(
                minimum: least, maximum: least + Int64.random(in: 0...9, using: &chance) * 100, unit: .hour)
        } else {
            let least = Int64.random(in: 42...95, using: &chance) * 100_000
            content.salary = Salary(
                minimum: least, maximum: least + Int64.random(in: 0...20, using: &chance) * 100_000, unit: .year)
        }
    }

    private mutating func description(_ specialty: Specialty) -> String {
        let duties = SampleWords.duties.shuffled(using: &chance).prefix(Int.random(in: 4...7, using: &chance))
        let demands = SampleWords.demands.shuffled(using: &chance).prefix(Int.random(in: 2...4, using: &chance))
        return """
            \(chance.pick(SampleWords.openings)) The charts are those of \(specialty.label.lowercased()).

            **What you do**

            \(duties.map { "- \($0)" }.joined(separator: "\n"))

            **What you bring**

            \(demands.map { "- \($0)" }.joined(separator: "\n"))

            \(chance.pick(SampleWords.closings))
            """
    }
}
