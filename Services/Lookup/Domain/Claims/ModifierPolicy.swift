/// Rules about modifiers that stand in manuals and not in tables: `Resources/claim-modifiers.json`.
struct ModifierPolicy: Sendable, Equatable, Decodable {
    /// Where a rule stands.
    struct Source: Sendable, Equatable, Decodable {
        let name: String
        let file: String
        let edition: String
        let effective: Day
        let rights: String

        var citation: Citation {
            Citation(name: name, file: file, edition: edition, effective: effective, rights: rights)
        }
    }

    /// Modifiers that no line may carry together.
    struct Conflict: Sendable, Equatable, Decodable {
        /// Any of these …
        let these: [String]
        /// … with any of those.
        let those: [String]
        let message: String
        let action: String
        /// The id of a source.
        let source: String
    }

    let sources: [String: Source]
    /// By what they say: anatomic, global-surgery, other.
    let pairModifiers: [String: [String]]
    /// The id of their source.
    let pairModifierSource: String
    let conflicts: [Conflict]

    /// No rules.
    static let empty = ModifierPolicy(sources: [:], pairModifiers: [:], pairModifierSource: "", conflicts: [])

    /// The NCCI PTP-associated modifiers.
    var associated: Set<String> { Set(pairModifiers.values.joined()) }
    /// Those of them that name a place in the body.
    var anatomic: Set<String> { Set(pairModifiers["anatomic"] ?? []) }

    /// The source of an id that the table itself names.
    func citation(_ id: String) -> Citation? { sources[id]?.citation }
}
