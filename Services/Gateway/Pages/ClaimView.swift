import Contracts

/// The form for a claim and the findings, as `claims.mustache` takes it.
struct ClaimView: Sendable {
    struct RowView: Sendable {
        let number: Int
        let code: String
        let modifiers: String
        let units: String
        let pointers: String
        let day: String
    }

    struct FindingView: Sendable {
        /// fail | no_data | bypassed | pass
        let verdict: String
        let verdictWords: String
        let isFail: Bool
        let isPass: Bool
        /// E.g. `Line 2, 99213`.
        let place: String
        let rule: String
        let ruleName: String
        let message: String
        let action: String
        let hasAction: Bool
        let quarter: String
        /// The days of the edit itself, when the file says them.
        let days: String
        let hasDays: Bool
        let source: SourceView?
    }

    let csrf: String
    let rows: [RowView]
    let pasted: String
    let hasPasted: Bool
    let diagnoses: String
    let on: String
    let age: String
    let settings: [ChoiceView]
    let sexes: [ChoiceView]
    let problem: String
    let hasProblem: Bool
    let hasResult: Bool
    let summary: String
    let hasFailed: Bool
    let findings: [FindingView]
    let sources: [SourceView]

    init(
        csrf: String, form: ClaimForm, claim: ReferenceAPI.CheckClaimRequest? = nil,
        result: ReferenceAPI.CheckClaimReply? = nil, problem: String = ""
    ) {
        self.csrf = csrf
        rows = form.rows.enumerated().map { place, row in
            RowView(
                number: place + 1, code: row.code, modifiers: row.modifiers, units: row.units, pointers: row.pointers,
                day: row.day)
        }
        pasted = form.pasted
        hasPasted = !pasted.isEmpty
        diagnoses = form.diagnoses
        on = form.on
        age = form.age
        settings = Self.choices(Self.settingNames, chosen: form.setting)
        sexes = Self.choices([("", "Not given"), ("female", "Female"), ("male", "Male")], chosen: form.sex)
        self.problem = problem
        hasProblem = !problem.isEmpty
        hasResult = result != nil
        let found = result?.findings ?? []
        // What has to be looked at first; within that, the order of the claim.
        let order = ["fail": 0, "no_data": 1, "bypassed": 2, "pass": 3]
        findings = found.enumerated().sorted { one, other in
            let (left, right) = (order[one.element.verdict] ?? 1, order[other.element.verdict] ?? 1)
            return left != right ? left < right : one.offset < other.offset
        }.map { FindingView($0.element, claim) }
        sources = (result?.loaded ?? []).map(SourceView.init)
        hasFailed = (result?.failed ?? 0) > 0
        summary = Self.summary(found)
    }

    private static func summary(_ findings: [ReferenceAPI.ClaimFinding]) -> String {
        func count(_ verdict: String, _ one: String, _ many: String) -> String? {
            let count = findings.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
        }
        let parts = [
            count("fail", "edit fails", "edits fail"), count("bypassed", "is bypassed", "are bypassed"),
            count("no_data", "could not be checked", "could not be checked"), count("pass", "passes", "pass"),
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }

    private static let settingNames = [
        ("", "All that are loaded"), ("practitioner", "Practitioner"), ("outpatient-hospital", "Outpatient hospital"),
        ("asc", "Ambulatory surgical center"), ("dme-supplier", "DME supplier"),
    ]

    private static func choices(_ values: [(String, String)], chosen: String) -> [ChoiceView] {
        values.map { ChoiceView(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) }
    }
}

extension ClaimView.FindingView {
    init(_ finding: ReferenceAPI.ClaimFinding, _ claim: ReferenceAPI.CheckClaimRequest?) {
        verdict = finding.verdict
        verdictWords =
            ["fail": "fails", "no_data": "no data", "bypassed": "bypassed", "pass": "passes"][finding.verdict]
            ?? finding.verdict
        isFail = finding.verdict == "fail"
        isPass = finding.verdict == "pass"
        place = Self.place(finding, claim)
        rule = finding.rule
        ruleName = Self.ruleNames[finding.rule] ?? finding.rule
        message = finding.message
        action = finding.action
        hasAction = !finding.action.isEmpty
        quarter = finding.quarter
        let (first, last) = (finding.effectiveDate, finding.endDate)
        hasDays = !first.isEmpty || !last.isEmpty
        days = last.isEmpty ? "from \(first)" : first.isEmpty ? "to \(last)" : "\(first) to \(last)"
        source = finding.source.map(SourceView.init)
    }

    private static func place(
        _ finding: ReferenceAPI.ClaimFinding, _ claim: ReferenceAPI.CheckClaimRequest?
    ) -> String {
        let lines = (finding.line == 0 ? [] : [finding.line]) + finding.otherLines
        var parts = lines.map { number -> String in
            let place = Int(number) - 1
            guard let claim, claim.lines.indices.contains(place) else { return "Line \(number)" }
            return "Line \(number), \(claim.lines[place].code)"
        }
        parts += finding.diagnoses.map { number -> String in
            let place = Int(number) - 1
            guard let claim, claim.diagnoses.indices.contains(place) else { return "Diagnosis \(number)" }
            return "Diagnosis \(number), \(claim.diagnoses[place])"
        }
        return parts.isEmpty ? "Claim" : parts.joined(separator: "; ")
    }

    private static let ruleNames = [
        "procedure-validity": "Validity of the code", "modifier-validity": "Validity of the modifier",
        "diagnosis-validity": "Validity of the diagnosis", "ncci-ptp": "NCCI pairs (PTP)",
        "mue": "Medically unlikely units (MUE)", "add-on": "Add-on code", "modifier-conflict": "Modifiers together",
        "bilateral": "Both sides", "procedure-age": "Age and procedure", "diagnosis-age": "Age and diagnosis",
        "diagnosis-sex": "Sex and diagnosis", "manifestation-as-principal": "Manifestation first",
        "principal-diagnosis": "Principal diagnosis", "excludes1": "Excludes1", "laterality": "Side",
    ]
}
