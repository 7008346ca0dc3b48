/// The eight blocks of a code page, in the order of the page.
enum BlockKind: String, CaseIterable, Sendable {
    case official
    case common
    case clinical
    case procedure
    case guidelines
    case facts
    case edits
    case history

    /// The block's heading.
    var heading: String {
        switch self {
        case .official: "Official Description"
        case .common: "Common Language Description"
        case .clinical: "Clinical Context and What Is Included"
        case .procedure: "Procedure or Use, Step by Step"
        case .guidelines: "Documentation and Billing Guidelines"
        case .facts: "Fact Sheet"
        case .edits: "Modifiers and Edits"
        case .history: "History and Crosswalks"
        }
    }

    /// Whether it stands above the CasePilot box, with what guests see.
    var isDescription: Bool { self == .official || self == .common }
}
