import Contracts

/// One line of a result list.
struct HitView: Sendable {
    /// A part of the title, marked when it matched.
    struct Part: Sendable {
        let text: String
        let isMatch: Bool
    }

    let systemName: String
    let code: String
    let path: String
    let title: [Part]
    let isBillable: Bool
    let isRetired: Bool
    let isFuture: Bool
    let replacements: [Replacement]
    let hasReplacements: Bool

    /// A code that took a retired one's place.
    struct Replacement: Sendable {
        let code: String
        let path: String
    }

    init(_ hit: LookupAPI.Hit, on: String) {
        systemName = CodeSystem.name(of: hit.system)
        code = hit.code
        path = CodeAddress(system: hit.system, code: hit.code, on: on).path
        title = Self.parts(of: hit.title, highlights: hit.highlights)
        isBillable = hit.billable && hit.status != "retired"
        isRetired = hit.status == "retired"
        isFuture = hit.status == "future"
        replacements = hit.replacedBy.map { code in
            Replacement(code: code, path: CodeAddress(system: hit.system, code: code, on: on).path)
        }
        hasReplacements = !replacements.isEmpty
    }

    /// Cuts a title at its highlights (Unicode scalars from its start); a highlight that overlaps the one before, is
    /// empty or ends beyond the title is left out.
    private static func parts(of title: String, highlights: [LookupAPI.Highlight]) -> [Part] {
        let scalars = Array(title.unicodeScalars)
        var parts: [Part] = []
        var position = 0
        let text = { (range: Range<Int>) in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        for highlight in highlights.sorted(by: { $0.start < $1.start }) {
            let start = Int(highlight.start)
            let end = Int(highlight.end)
            guard start >= position, start < end, end <= scalars.count else { continue }
            if start > position { parts.append(Part(text: text(position..<start), isMatch: false)) }
            parts.append(Part(text: text(start..<end), isMatch: true))
            position = end
        }
        if position < scalars.count { parts.append(Part(text: text(position..<scalars.count), isMatch: false)) }
        return parts
    }
}
