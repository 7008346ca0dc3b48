/// The chapters of ICD-10-CM on the letters that they share: two rows, A to M and N to Z, each chapter as wide as the span
/// of its categories. Read from the spans that the Tabular List puts into its chapter titles, e.g. `Neoplasms (C00-D49)`.
struct ChapterMap: Sendable {
    /// The first category and the one after the last, as letter × 100 + number.
    private struct Chapter {
        let number: String
        let name: String
        let span: String
        let begin: Int
        let end: Int
    }

    private static let lettersInRow = 13
    private static let letterWidth = 80.0
    private static let rowHeight = 74.0

    let svg: String

    /// nil when no title names its span.
    init?(_ entries: [BrowseView.EntryView]) {
        let chapters = entries.compactMap { Self.chapter($0.code, title: $0.title) }
        guard !chapters.isEmpty else { return nil }
        var drawing = SVG(
            id: "chapters", width: Int(Self.letterWidth) * Self.lettersInRow, height: Int(Self.rowHeight) * 2,
            title: "The chapters of ICD-10-CM by letter",
            description: chapters.map { "Chapter \($0.number), \($0.span): \($0.name)." }.joined(separator: " "))
        for row in 0..<2 {
            for column in 0..<Self.lettersInRow {
                let letter = UnicodeScalar(UInt8(ascii: "A") + UInt8(row * Self.lettersInRow + column))
                drawing.text(
                    String(letter), style: "strong", x: (Double(column) + 0.5) * Self.letterWidth,
                    y: Double(row) * Self.rowHeight + 14, anchor: "middle")
            }
        }
        for chapter in chapters { Self.draw(chapter, into: &drawing) }
        svg = drawing.text
    }

    private static func draw(_ chapter: Chapter, into drawing: inout SVG) {
        let perRow = lettersInRow * 100
        let row = chapter.begin / perRow
        let x = Double(chapter.begin - row * perRow) / 100 * letterWidth
        let width = Double(chapter.end - chapter.begin) / 100 * letterWidth - 2
        let y = Double(row) * rowHeight + 20
        drawing.rectangle(
            "soft", x: x + 1, y: y, width: width, height: 46,
            hint: "Chapter \(chapter.number), \(chapter.span): \(chapter.name)")
        drawing.text(chapter.number, style: "strong", x: x + 7, y: y + 17)
        // About six units a letter at this size.
        let room = Int((width - 12) / 6.2)
        guard room >= 6 else { return }
        let name = Self.short(chapter.name)
        drawing.text(name.count <= room ? name : name.prefix(room - 1) + "…", x: x + 7, y: y + 36)
    }

    /// What tells a chapter from the others, as far as a narrow box shows it: `Diseases of the eye` → `eye`.
    private static func short(_ name: String) -> String {
        for opening in ["Diseases of the ", "Certain ", "Codes for "] where name.hasPrefix(opening) {
            return String(name.dropFirst(opening.count))
        }
        return name
    }

    private static func chapter(_ number: String, title: String) -> Chapter? {
        guard title.last == ")", let open = title.lastIndex(of: "(") else { return nil }
        let span = title[title.index(after: open)...].dropLast()
        let ends = span.split(separator: "-")
        guard ends.count == 2, let begin = position(ends[0]), let last = position(ends[1]), last >= begin else {
            return nil
        }
        return Chapter(
            number: number, name: String(title[..<open].reversed().drop { $0 == " " }.reversed()), span: String(span),
            begin: begin, end: last + 1)
    }

    /// `C50` → 250. The letters that follow the numbers of some categories (`O9A`, `QA0`) count as their last.
    private static func position(_ category: Substring) -> Int? {
        let bytes = Array(category.utf8)
        guard bytes.count == 3, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[0]) else { return nil }
        let letter = Int(bytes[0] - UInt8(ascii: "A")) * 100
        guard let number = Int(category.dropFirst()) else { return letter + 99 }
        return letter + number
    }
}
