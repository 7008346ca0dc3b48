/// Reads Markdown by its headings, lists and paragraphs; plain text is Markdown without any.
struct MarkdownDocument {
    private var builder = PassageBuilder()
    private var headings: [(level: Int, title: String)] = []
    private var block: [String] = []
    private var kind = PassageBuilder.Kind.paragraph
    private var isFenced = false
    private var page = ""

    /// The passages of a text. A form feed begins the next page, as pdftotext writes it; with one, passages have page numbers.
    static func passages(of text: String, title: String) -> [Passage] {
        var reader = MarkdownDocument()
        reader.builder.begin([title])
        let pages = text.split(separator: "\u{c}", omittingEmptySubsequences: false)
        for (number, page) in pages.enumerated() {
            if pages.count > 1 { reader.page = String(number + 1) }
            for line in page.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
                reader.read(String(line), title: title)
            }
        }
        reader.endBlock()
        reader.builder.close()
        return reader.builder.passages
    }

    private mutating func read(_ line: String, title: String) {
        let trimmed = line.trimmed
        if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
            isFenced.toggle()
            return endBlock()
        }
        if trimmed.isEmpty { return endBlock() }
        if !isFenced, let heading = Self.heading(trimmed) {
            endBlock()
            headings.removeAll { $0.level >= heading.level }
            headings.append(heading)
            builder.begin([title] + headings.map(\.title).filter { $0 != title })
            return
        }
        if let opening = Self.opening(trimmed) {
            endBlock()
            kind = opening
        }
        block.append(trimmed)
    }

    private mutating func endBlock() {
        let text = block.joined(separator: " ").collapsed
        if !text.isEmpty { builder.add(text, kind, page: page) }
        block = []
        kind = .paragraph
    }

    private static func heading(_ line: String) -> (level: Int, title: String)? {
        let level = line.prefix { $0 == "#" }.count
        guard (1...6).contains(level), line.dropFirst(level).hasPrefix(" ") else { return nil }
        let title = line.dropFirst(level).trimmed
        let bare = String(title.reversed().drop { $0 == "#" }.reversed()).trimmed
        return bare.isEmpty ? nil : (level, bare)
    }

    private static func opening(_ line: String) -> PassageBuilder.Kind? {
        if ["- ", "* ", "+ ", "• "].contains(where: line.hasPrefix) { return .listed }
        let digits = line.prefix { $0.isNumber }
        let isNumbered =
            (1...3).contains(digits.count)
            && (line.dropFirst(digits.count).hasPrefix(". ") || line.dropFirst(digits.count).hasPrefix(") "))
        return isNumbered ? .item : nil
    }
}
