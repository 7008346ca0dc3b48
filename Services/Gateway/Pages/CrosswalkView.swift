import Contracts

/// What a code comes to in another set, as `crosswalks.mustache` takes it.
struct CrosswalkView: Sendable {
    struct TargetView: Sendable {
        let code: String
        let hasCode: Bool
        /// The code's page; empty for what is no code set of ours.
        let path: String
        let hasPath: Bool
        let title: String
        let explanation: String
        let package: String
        let hasPackage: Bool
    }

    let maps: [ChoiceView]
    let code: String
    let problem: String
    let hasProblem: Bool
    let hasResult: Bool
    let from: String
    let fromTitle: String
    let explanation: String
    let targets: [TargetView]
    let source: SourceView?

    init(map: String, code: String, result: ReferenceAPI.Crosswalk? = nil, problem: String = "") {
        maps = [
            ("icd10cm-icd9cm", "ICD-10-CM to ICD-9-CM"), ("icd9cm-icd10cm", "ICD-9-CM to ICD-10-CM"),
            ("hcpcs-ndc", "HCPCS to drug packages (NDC)"), ("ndc-hcpcs", "Drug package (NDC) to HCPCS"),
        ].map { ChoiceView(value: $0.0, label: $0.1, isChosen: $0.0 == map) }
        self.code = code
        self.problem = problem
        hasProblem = !problem.isEmpty
        hasResult = result != nil
        from = result?.from?.code ?? ""
        fromTitle = result?.from?.title ?? ""
        explanation = result?.explanation ?? ""
        targets = (result?.targets ?? []).map(Self.target)
        source = result?.source.map(SourceView.init)
    }

    private static func target(_ target: ReferenceAPI.CrosswalkTarget) -> TargetView {
        let to = target.to ?? CommonAPI.CodeReference()
        let isOurs = CodeSystem(rawValue: to.system) != nil && !to.code.isEmpty
        let package = target.package
        let facts = package.map { [$0.labeler, $0.packageSize, $0.dosage].filter { !$0.isEmpty } } ?? []
        return TargetView(
            code: to.code, hasCode: !to.code.isEmpty,
            path: isOurs ? CodeAddress(system: to.system, code: to.code).path : "", hasPath: isOurs, title: to.title,
            explanation: target.explanation, package: facts.joined(separator: " · "), hasPackage: !facts.isEmpty)
    }
}
