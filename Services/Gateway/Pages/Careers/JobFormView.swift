import Contracts

/// The form of a job, as `jobform.mustache` takes it.
struct JobFormView: Sendable {
    struct FaultView: Sendable {
        let field: String?
        let message: String
    }

    let path: String
    let title: String?
    let description: String
    let credentialsRequired: String
    let credentialsPreferred: String
    let welcomesApprentices: Bool
    let specialties: String
    let settings: [ChoiceView]
    let workplaces: [ChoiceView]
    let statesAllowed: String
    let city: String
    let state: String
    let postalCode: String
    let employments: [ChoiceView]
    let hours: String
    let salaryMinimum: String
    let salaryMaximum: String
    let salaryUnits: [ChoiceView]
    let productivity: String
    let records: String
    let encoders: String
    let benefits: String
    let applyMethods: [ChoiceView]
    let applyTarget: String
    let validThrough: String
    let revision: String
    let csrf: String
    let faults: [FaultView]
    let hasFaults: Bool

    /// - Parameter failure: why the last try was refused; Jobs words it a line a field.
    init(path: String, content: JobsAPI.JobContent, revision: UInt32, csrf: String, failure: Failure?) {
        self.path = path
        title = content.title.shown
        description = content.description
        credentialsRequired = content.credentialsRequired.joined(separator: ", ")
        credentialsPreferred = content.credentialsPreferred.joined(separator: ", ")
        welcomesApprentices = content.welcomesApprentices
        specialties = content.specialties.map(JobWords.specialty).joined(separator: ", ")
        settings = Self.choices(["professional", "facility", "both"], content.setting, JobWords.setting)
        workplaces = Self.choices(["remote", "hybrid", "onsite"], content.workplace, JobWords.workplace)
        statesAllowed = content.statesAllowed.joined(separator: ", ")
        city = content.place?.city ?? ""
        state = content.place?.state ?? ""
        postalCode = content.place?.postalCode ?? ""
        employments = Self.choices(
            ["full_time", "part_time", "contractor", "temporary", "intern", "per_diem"], content.employment,
            JobWords.employment)
        hours = content.hoursAWeek == 0 ? "" : "\(content.hoursAWeek)"
        salaryMinimum = JobForm.dollars(content.salary?.minimumCents ?? 0)
        salaryMaximum = JobForm.dollars(content.salary?.maximumCents ?? 0)
        salaryUnits = Self.choices(["hour", "day", "week", "month", "year"], content.salary?.unit ?? "hour") {
            "a \($0)"
        }
        productivity = content.productivity
        records = content.records.joined(separator: ", ")
        encoders = content.encoders.joined(separator: ", ")
        benefits = content.benefits.joined(separator: ", ")
        applyMethods = Self.choices(["form", "email", "link"], content.applyMethod) {
            ["form": "With the form here", "email": "By mail to an address", "link": "At a link"][$0] ?? $0
        }
        applyTarget = content.applyTarget
        validThrough = content.validThrough
        self.revision = "\(revision)"
        self.csrf = csrf
        faults = (failure?.message ?? "").split(separator: "\n").map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, !parts[0].contains(" ") else { return FaultView(field: nil, message: String(line)) }
            return FaultView(
                field: JobWords.specialty(String(parts[0])), message: String(parts[1].drop { $0 == " " }))
        }
        hasFaults = !faults.isEmpty
    }

    private static func choices(
        _ values: [String], _ chosen: String, _ label: (String) -> String
    ) -> [ChoiceView] {
        values.map { ChoiceView(value: $0, label: label($0), isChosen: $0 == chosen) }
    }
}
