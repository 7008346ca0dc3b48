/// The four products, as the header and the home page name them.
enum Product: String, CaseIterable, Sendable {
    case case2code = "Case2Code"
    case casePilot = "CasePilot"
    case caseConsultant = "CaseConsultant"
    case careerCenter = "CareerCenter"

    var path: String {
        switch self {
        case .case2code: "/case2code"
        case .casePilot: "/casepilot"
        case .caseConsultant: "/caseconsultant"
        case .careerCenter: "/careers"
        }
    }

    /// What it does, in a sentence.
    var summary: String {
        switch self {
        case .case2code: "Search and look up codes, each fact with its source file, edition and effective date."
        case .casePilot: "Ask about a code and get an answer in which every sentence names the record it rests on."
        case .caseConsultant: "Mail a case and get a cited answer in the same thread."
        case .careerCenter: "Jobs for coders, billers and auditors, by the credential that they ask for."
        }
    }
}
