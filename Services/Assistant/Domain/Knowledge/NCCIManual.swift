/// Reads the NCCI Policy Manual for Medicare in the text form of its PDF.
///
/// The layout, seen in the edition of 2025: the manual opens with a table of contents of all chapters; each chapter with a title page,
/// a table of contents, then lettered sections of paragraphs and numbered items. Every page closes with a line `Revision
/// Date (Medicare): M/D/YYYY PAGE`, where PAGE is e.g. III-7. The last chapter is followed by a list of acronyms, which holds no
/// passage. A paragraph that goes on over a page break is joined again.
struct NCCIManual {
    private var builder = PassageBuilder()
    private var chapter = ""
    private var chapterTitle: [String] = []
    private var section = ""
    private var page = ""
    private var state = State.contents
    private var block = ""
    private var kind = PassageBuilder.Kind.paragraph
    private var blockPage = ""

    private enum State {
        /// Before the introduction, or in a table of contents.
        case contents
        /// From the line CHAPTER to the end of its first page.
        case title
        case body
        case ended
    }

    /// The passages of the manual.
    static func passages(of text: String) -> [Passage] {
        var reader = NCCIManual()
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { $0.trimmed }
        let pages = pageNumbers(lines)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            reader.page = pages[index]
            reader.read(line, next: lines[(index + 1)...].first { !$0.isEmpty } ?? "")
        }
        reader.endBlock()
        reader.builder.close()
        return reader.builder.passages
    }

    private mutating func read(_ line: String, next: String) {
        guard state != .ended else { return }
        if line == "LIST OF ACRONYMS" {
            endBlock()
            builder.close()
            state = .ended
            return
        }
        if line.hasPrefix("CHAPTER ") || (line == "INTRODUCTION" && next == "FOR") {
            endBlock()
            chapter = line == "INTRODUCTION" ? "Introduction" : "Chapter " + line.dropFirst(8)
            chapterTitle = []
            section = ""
            state = .title
            return
        }
        if Self.footer(line) != nil {
            if state == .title { beginChapter() }
            return
        }
        switch state {
        case .ended: return
        case .title:
            if line == "FOR" || chapterTitle.last == "" { chapterTitle.append("") } else { chapterTitle.append(line) }
        case .contents:
            // Before the introduction stands the table of contents of the whole manual.
            guard !chapter.isEmpty else { return }
            // A table of contents ends with its page; what follows begins with a section or a heading.
            if isSection(line) || (chapter == "Introduction" && line == "Introduction") {
                state = .body
                readBody(line, next: next)
            }
        case .body:
            if line == "Table of Contents" { state = .contents } else { readBody(line, next: next) }
        }
    }

    private mutating func beginChapter() {
        let words = chapterTitle.prefix { !$0.isEmpty }.joined(separator: " ")
        if chapter != "Introduction" { chapter += " – " + Self.titleCase(words) }
        state = .contents
        builder.begin([chapter])
    }

    private mutating func readBody(_ line: String, next: String) {
        if line.hasPrefix("Chapter "), line.utf8.count < 60 { return }
        if chapter.hasSuffix("– " + Self.titleCase(line)), line.utf8.count < 90 { return }
        if isSection(line) {
            endBlock()
            section = line
            builder.begin([chapter, section])
            return
        }
        if isHeading(line, next: next) {
            endBlock()
            builder.begin([chapter, section, line].filter { !$0.isEmpty })
            return
        }
        if let opening = Self.opening(of: line) {
            endBlock()
            kind = opening
        } else if !block.isEmpty, !Self.ends(block) || line.first?.isLowercase == true {
            block += (block.hasSuffix("-") ? "" : " ") + line
            return
        } else {
            endBlock()
            kind = .paragraph
        }
        block = line
        blockPage = page
    }

    private mutating func endBlock() {
        if !block.isEmpty { builder.add(block.collapsed, kind, page: blockPage) }
        block = ""
    }

    /// `F. Mohs Micrographic Surgery`: a letter soon after the one before (a heading may be lost in the text form), and no full stop
    /// at the end.
    private func isSection(_ line: String) -> Bool {
        let scalars = Array(line.unicodeScalars)
        guard scalars.count > 4, scalars.count < 110, scalars[1] == ".", scalars[2] == " ", scalars.last != "." else {
            return false
        }
        let expected = section.unicodeScalars.first.map { $0.value + 1 } ?? 0x41
        return (expected...(expected + 2)).contains(scalars[0].value) && scalars[3].properties.isUppercase
    }

    /// A short line in capitals at the beginning, after a finished paragraph and before a long one.
    private func isHeading(_ line: String, next: String) -> Bool {
        guard line.utf8.count < 60, Self.opening(of: line) == nil, let last = line.last, last.isLetter,
            line.first?.isUppercase == true, block.isEmpty || Self.ends(block)
        else { return false }
        return line.hasSuffix(" Examples") || (next.utf8.count > 120 && next.first?.isUppercase == true)
    }

    /// What a line opens by its first characters: a bullet, a numbered item; nil: neither.
    private static func opening(of line: String) -> PassageBuilder.Kind? {
        if line.hasPrefix("•") || line.hasPrefix("o ") || line == "Example" { return .listed }
        let digits = line.prefix { $0.isNumber }
        if (1...2).contains(digits.count), line.dropFirst(digits.count).hasPrefix(". ") { return .item }
        if line.hasPrefix("("), line.dropFirst().first?.isNumber == true, line.dropFirst(2).hasPrefix(")") {
            return .listed
        }
        let scalars = Array(line.unicodeScalars.prefix(3))
        if scalars.count == 3, scalars[0].properties.isLowercase, scalars[1] == "." || scalars[1] == ")",
            scalars[2] == " "
        {
            return .listed
        }
        return nil
    }

    private static func ends(_ block: String) -> Bool {
        guard let last = block.last else { return true }
        return ".:;?!”)\"".contains(last)
    }

    /// For each line the number of the page that it stands on: that of the footer below it.
    private static func pageNumbers(_ lines: [String]) -> [String] {
        var pages = [String](repeating: "", count: lines.count)
        var page = ""
        for index in lines.indices.reversed() {
            if let number = footer(lines[index]) { page = number }
            pages[index] = page
        }
        return pages
    }

    private static func footer(_ line: String) -> String? {
        guard line.hasPrefix("Revision Date (Medicare):"), let last = line.split(separator: " ").last else {
            return nil
        }
        return String(last)
    }

    private static let kept: Set<String> = ["CPT", "HCPCS", "II", "III"]
    private static let small: Set<String> = ["and", "of", "for", "the", "or"]

    private static func titleCase(_ words: String) -> String {
        words.split(separator: " ").map { word in
            let lower = word.lowercased()
            if kept.contains(String(word)) { return String(word) }
            return small.contains(lower) ? lower : lower.prefix(1).uppercased() + lower.dropFirst()
        }.joined(separator: " ")
    }
}
