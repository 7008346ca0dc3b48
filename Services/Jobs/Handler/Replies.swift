import Calendar
import Contracts

extension JobsAPI.JobSummary {
    /// An open posting in a list.
    init(_ entry: BoardEntry) {
        self.init(
            id: entry.id, content: entry.content, employer: entry.employer, employerName: entry.employerName,
            isSample: entry.isSample)
        publishedAt = entry.publishedAt.rfc3339
        state = PostingLife.State.published.rawValue
    }

    /// Any posting.
    init(_ posting: JobsStore.Posting) {
        self.init(
            id: posting.record.id, content: posting.content, employer: posting.employer.id,
            employerName: posting.employer.name, isSample: posting.employer.isSample)
        publishedAt = posting.record.life.publishedAt?.rfc3339 ?? ""
        state = posting.record.life.state.rawValue
    }

    private init(
        id: PostingID, content: PostingContent, employer: EmployerID, employerName: String, isSample: Bool
    ) {
        self.init(
            id: id.text, title: content.title, employerId: employer.text, employerName: employerName,
            place: content.placeWords, workplace: content.workplace.rawValue, employment: content.employment.rawValue,
            credentialsRequired: content.credentialsRequired, welcomesApprentices: content.welcomesApprentices)
        if let salary = content.salary, let year = content.dollarsAYear {
            self.salary = salary.words
            dollarsAYearMinimum = UInt32(clamping: year.minimum)
            dollarsAYearMaximum = UInt32(clamping: year.maximum)
        }
        sample = isSample
    }
}

extension PostingContent {
    /// `Austin, TX`, `Remote`, `Remote (TX, OK)`.
    var placeWords: String {
        if let place { return "\(place.city), \(place.state.letters)" }
        guard workplace == .remote else { return "" }
        return statesAllowed.isEmpty ? "Remote" : "Remote (\(statesAllowed.map(\.letters).joined(separator: ", ")))"
    }
}

extension Salary {
    /// `$28–34.50 an hour`, `$62,000 a year`.
    var words: String {
        let unit =
            switch unit {
            case .hour: "an hour"
            case .day: "a day"
            case .week: "a week"
            case .month: "a month"
            case .year: "a year"
            }
        let range = minimum == maximum ? Self.dollars(minimum) : "\(Self.dollars(minimum))–\(Self.dollars(maximum))"
        return "$\(range) \(unit)"
    }

    private static func dollars(_ cents: Int64) -> String {
        var digits = String(cents / 100)
        var grouped = ""
        while digits.count > 3 {
            grouped = "," + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        let rest = cents % 100
        return digits + grouped + (rest == 0 ? "" : "." + (rest < 10 ? "0" : "") + String(rest))
    }
}

extension JobsAPI.JobContent {
    init(_ content: PostingContent) {
        self.init(
            title: content.title, description: content.description,
            credentialsRequired: content.credentialsRequired, credentialsPreferred: content.credentialsPreferred,
            welcomesApprentices: content.welcomesApprentices, specialties: content.specialties.map(\.rawValue),
            setting: content.setting.rawValue, workplace: content.workplace.rawValue,
            statesAllowed: content.statesAllowed.map(\.letters),
            place: content.place.map {
                .init(
                    city: $0.city, state: $0.state.letters, postalCode: $0.postalCode, latitude: $0.latitude,
                    longitude: $0.longitude)
            },
            employment: content.employment.rawValue, hoursAWeek: UInt32(clamping: content.hoursAWeek),
            salary: content.salary.map {
                .init(
                    minimumCents: UInt64(clamping: $0.minimum), maximumCents: UInt64(clamping: $0.maximum),
                    unit: $0.unit.rawValue)
            },
            productivity: content.productivity, records: content.records, encoders: content.encoders,
            benefits: content.benefits, applyMethod: content.applyMethod.rawValue, applyTarget: content.applyTarget,
            validThrough: content.validThrough.description)
    }
}

extension JobsAPI.Employer {
    /// As everybody sees it.
    init(_ employer: Employer, openJobs: Int = 0, members: [Employer.Member] = []) {
        self.init(
            id: employer.id.text, name: employer.name, domain: employer.domain, website: employer.website,
            about: employer.about, verified: employer.verifiedAt != nil, openJobs: UInt32(clamping: openJobs),
            sample: employer.isSample, members: members.map { .init(account: $0.account, role: $0.role.rawValue) })
    }
}

extension JobsAPI.Job {
    /// - Parameter isOwn: for its employer or a moderator.
    init(_ posting: JobsStore.Posting, isOwn: Bool) {
        let (record, life) = (posting.record, posting.record.life)
        self.init(
            id: record.id.text, state: life.state.rawValue, content: .init(posting.content),
            employer: .init(posting.employer), summary: .init(posting), publishedAt: life.publishedAt?.rfc3339 ?? "",
            closedAt: life.closedAt?.rfc3339 ?? "", closeReason: life.closeReason?.rawValue ?? "",
            revision: UInt32(clamping: posting.revision), updatedAt: record.updatedAt.rfc3339)
        // The day through which it is open may have been renewed since the revision was written.
        content?.validThrough = life.validThrough.description
        guard isOwn else { return }
        if record.head == posting.revision, record.life.state != .published {
            content?.validThrough = posting.content.validThrough.description
        }
        rejection = life.rejection
        waits = record.submittedAt != nil
        counts = .init(
            views: UInt32(clamping: record.views), clicks: UInt32(clamping: record.clicks),
            applicants: UInt32(clamping: record.applicants))
    }
}
