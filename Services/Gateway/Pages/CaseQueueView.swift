import Contracts

/// Cases that wait for a person, as `casequeue.mustache` takes them.
struct CaseQueueView: Sendable {
    let sections: [AccountSection.Item]
    let cases: [ConsultantView.CaseView]
    let hasCases: Bool

    init(_ cases: [ConsultantAPI.Case], reader: AccountsAPI.Account) {
        sections = AdministrationSection.cases.navigation(for: reader)
        self.cases = cases.map { ConsultantView.CaseView($0, under: "/admin/cases") }
        hasCases = !cases.isEmpty
    }
}
