/// What plans meter.
enum Feature: String, Sendable, CaseIterable {
    case codePage = "code_page"
    case casePilotQuestion = "casepilot_question"
    case caseConsultantCase = "caseconsultant_case"
}
