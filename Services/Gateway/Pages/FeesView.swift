import Contracts

/// The form for a price and the prices with their arithmetic, as `fees.mustache` takes it.
struct FeesView: Sendable {
    struct StepView: Sendable {
        let label: String
        let expression: String
        let value: String
    }

    struct PriceView: Sendable {
        let schedule: String
        let heading: String
        let amount: String
        let hasAmount: Bool
        let steps: [StepView]
        let hasSteps: Bool
        let remarks: [String]
        let sources: [SourceView]
    }

    let form: FeeForm
    let settings: [ChoiceView]
    let problem: String
    let hasProblem: Bool
    let hasResult: Bool
    let isEmpty: Bool
    let heading: String
    let prices: [PriceView]
    let remarks: [String]
    let hasRemarks: Bool

    init(_ form: FeeForm, result: ReferenceAPI.PriceServiceReply? = nil, problem: String = "") {
        self.form = form
        settings = [("", "Both"), ("non-facility", "Office (non-facility)"), ("facility", "Facility")].map {
            ChoiceView(value: $0.0, label: $0.1, isChosen: $0.0 == form.setting)
        }
        self.problem = problem
        hasProblem = !problem.isEmpty
        hasResult = result != nil
        prices = (result?.prices ?? []).map(Self.price)
        isEmpty = hasResult && prices.isEmpty
        heading = result.map { "\($0.code) on \($0.dateOfService)" } ?? ""
        remarks = result?.remarks ?? []
        hasRemarks = !remarks.isEmpty
    }

    private static func price(_ price: ReferenceAPI.Price) -> PriceView {
        let parts = [
            schedules[price.schedule] ?? price.schedule, settings[price.setting] ?? price.setting, price.locality,
        ]
        return PriceView(
            schedule: price.schedule, heading: parts.filter { !$0.isEmpty }.joined(separator: " · "),
            amount: price.amount, hasAmount: !price.amount.isEmpty,
            steps: price.steps.map { StepView(label: $0.label, expression: $0.expression, value: $0.value) },
            hasSteps: !price.steps.isEmpty, remarks: price.remarks, sources: price.sources.map(SourceView.init))
    }

    private static let settings = ["facility": "facility", "non-facility": "office (non-facility)"]

    private static let schedules = [
        "pfs-relative-values": "Physician Fee Schedule", "pfs-anesthesia": "Anesthesia",
        "dmepos-fees": "DMEPOS fee schedule", "pen-fees": "Parenteral and enteral nutrition",
        "asp-limits": "Part B drug limit (ASP)", "clfs": "Clinical Laboratory Fee Schedule",
    ]
}
