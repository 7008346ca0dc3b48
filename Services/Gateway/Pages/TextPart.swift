import Contracts

/// A part of a paragraph: plain, or words that a revision took out or put in.
struct TextPart: Sendable {
    let text: String
    let isRemoved: Bool
    let isAdded: Bool
    let isPlain: Bool

    private init(_ text: String, kind: String = "") {
        self.text = text
        isRemoved = kind == "removed"
        isAdded = kind == "added"
        isPlain = !isRemoved && !isAdded
    }

    /// Cuts a text at its marks (Unicode scalars from its start); a mark that overlaps the one before, is empty or ends
    /// beyond the text is left out.
    static func parts(of text: String, marks: [LookupAPI.TextMark]) -> [TextPart] {
        guard !marks.isEmpty else { return [TextPart(text)] }
        let scalars = Array(text.unicodeScalars)
        var parts: [TextPart] = []
        var position = 0
        let cut = { (range: Range<Int>) in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        for mark in marks.sorted(by: { $0.start < $1.start }) {
            let (start, end) = (Int(mark.start), Int(mark.end))
            guard start >= position, start < end, end <= scalars.count else { continue }
            if start > position { parts.append(TextPart(cut(position..<start))) }
            parts.append(TextPart(cut(start..<end), kind: mark.kind))
            position = end
        }
        if position < scalars.count { parts.append(TextPart(cut(position..<scalars.count))) }
        return parts
    }
}
