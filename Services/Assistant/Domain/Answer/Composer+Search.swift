extension Composer {
    /// A code that a search found.
    struct Hit: Sendable, Equatable {
        var system: String
        var code: String
        var title: String
        var isBillable: Bool
        var status: CodeRecord.Status
        var replacedBy: [String]
    }

    /// Codes shown for "which code for …".
    static let mostHits = 4

    /// What a search found, the best first.
    /// - Parameter source: where a hit comes from.
    static func hits(_ hits: [Hit], on: String, source: (Hit) -> SourceNote) -> Draft {
        var draft = Draft()
        for (index, hit) in hits.prefix(mostHits).enumerated() {
            let standing: KnownCodes.Standing =
                hit.status == .active ? .active : hit.status == .retired ? .retired : .future
            draft.known.note(hit.code, standing)
            let set = CodeSetName.of(hit.system)
            let state = "\(hit.isBillable ? "billable" : "not billable"), \(hit.status.rawValue)"
            let piece = Evidence(
                title: "\(set) \(hit.code)", passage: "\(hit.code) \(hit.title) (\(state))", source: source(hit),
                href: CodeRecord.href(system: hit.system, code: hit.code, on: on))
            let role = index == 0 ? "The closest match is" : "Also near:"
            let note =
                hit.status == .active
                ? hit.isBillable ? "" : ", a heading that may not stand on a claim itself" : ", \(state)"
            draft.say("\(role) \(set) \(hit.code), “\(hit.title)”\(note).", piece)
        }
        if let first = hits.first {
            draft.nextSteps.append("Read the notes at \(first.code) and above it before it goes on a claim.")
            if first.title.lowercased().contains("unspecified") {
                draft.nextSteps.append(
                    "Check the documentation for what the title leaves unspecified, such as laterality.")
            }
        }
        return draft
    }
}
