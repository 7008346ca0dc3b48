/// The eight blocks of a code page, in the order of the page.
enum BlockKind: String, Sendable, CaseIterable, Hashable {
    case official, common, clinical, procedure, guidelines, facts, edits, history

    /// What the block would hold, for the sentence of an empty one.
    var subject: String {
        switch self {
        case .official: "official description"
        case .common: "common language description"
        case .clinical: "clinical context"
        case .procedure: "step-by-step procedure"
        case .guidelines: "documentation or billing notes"
        case .facts: "indicators"
        case .edits: "modifier, NCCI, MUE or add-on edits"
        case .history: "history"
        }
    }
}
