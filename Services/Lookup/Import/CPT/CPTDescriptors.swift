/// The descriptors of one of the three files that list every code once: LONGULT, MEDU or SHORTU. Encoding is UTF-8 or
/// Windows-1252.
struct CPTDescriptors {
    enum Layout {
        /// Code, tab, text, after a preamble that a blank line ends.
        case tabbed
        /// Columns 1–5 code, from 7 text of this width.
        case fixed(width: Int)
    }

    /// By code, in the order of the file.
    private(set) var codes: [String] = []
    private(set) var texts: [String: String] = [:]

    /// A preamble is a page at most.
    private static let maximumPreambleLines = 60

    /// - Throws: ``FileRefusal`` for an empty file, a line of another layout, a code that comes twice, or a broken end.
    init(_ file: SourceFile, _ layout: Layout) throws {
        try file.refuseIfEmpty()
        var isPreamble = true
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            guard let (code, text) = Self.entry(line, layout) else {
                if isPreamble, number <= Self.maximumPreambleLines { continue }
                throw file.refusal(
                    "holds a line that is no code with its text", line: number, remedy: CPTDelivery.remedy)
            }
            isPreamble = false
            guard texts.updateValue(text, forKey: code) == nil else {
                throw file.refusal("lists \(code) a second time", line: number, remedy: CPTDelivery.remedy)
            }
            codes.append(code)
        }
        guard !codes.isEmpty else { throw file.refusal("lists no CPT code", remedy: CPTDelivery.remedy) }
    }

    private static func entry(_ line: ArraySlice<UInt8>, _ layout: Layout) -> (code: String, text: String)? {
        let code = LegacyText.folded(line.prefix(5))
        guard CodeForm.canonical(code, in: .cpt) == code, line.count > 6 else { return nil }
        let text: String
        switch layout {
        case .tabbed:
            guard line[line.startIndex + 5] == UInt8(ascii: "\t") else { return nil }
            text = LegacyText.folded(line.dropFirst(6))
        case .fixed(let width):
            guard line[line.startIndex + 5] == UInt8(ascii: " ") else { return nil }
            text = LegacyText.folded(line.dropFirst(6).prefix(width))
        }
        return text.isEmpty ? nil : (code, text)
    }
}
