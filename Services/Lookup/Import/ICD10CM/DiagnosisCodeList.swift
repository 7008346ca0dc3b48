/// The list of all valid ICD-10-CM codes, against which the expansion of 7th characters is checked: the Tabular List
/// says in running text alone which codes a 7th character does not apply to.
///
/// Two layouts are read, told apart by the first line:
/// - **order file** (CDC/NCHS, `icd10cm-order-….txt`), 1-based columns: 1–5 order · 7–13 code without dot ·
///   15 billable (0 or 1) · 17–76 short title · 78– long title;
/// - **code list**: one chapter, section or code per line, without dots but in placeholder headings; a code is billable
///   when no longer one begins with it.
package struct DiagnosisCodeList: Sendable, Equatable {
    /// The billable codes, without dots.
    package let billable: Set<String>

    /// Reads a list.
    ///
    /// - Throws: ``FileRefusal`` when the file is empty, of neither layout, or holds a malformed line.
    package init(_ file: SourceFile) throws {
        try file.refuseIfEmpty()
        var lines = TextLines(file.bytes)
        guard let first = lines.next()?.bytes else { throw Self.malformed(file, line: 1) }
        billable =
            Self.isOrderLine(first) ? try Self.readOrderFile(file) : try Self.readCodeList(file)
        guard !billable.isEmpty else { throw Self.malformed(file, line: 1) }
    }

    private static func isOrderLine(_ line: ArraySlice<UInt8>) -> Bool {
        line.count >= 17 && line.prefix(5).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func readOrderFile(_ file: SourceFile) throws -> Set<String> {
        var codes: Set<String> = []
        for (number, line) in TextLines(file.bytes) where !line.isEmpty {
            guard isOrderLine(line) else { throw malformed(file, line: number) }
            let code = LegacyText.folded(line.dropFirst(6).prefix(7))
            guard isCode(code) else { throw malformed(file, line: number) }
            switch line[line.startIndex + 14] {
            case UInt8(ascii: "1"): codes.insert(code)
            case UInt8(ascii: "0"): break
            default: throw malformed(file, line: number)
            }
        }
        return codes
    }

    private static func readCodeList(_ file: SourceFile) throws -> Set<String> {
        var codes: Set<String> = []
        for (number, line) in TextLines(file.bytes) {
            let text = LegacyText.folded(line)
            if text.isEmpty || text.contains("-") || (text.count <= 2 && Int(text) != nil) { continue }
            let code = text.filter { $0 != "." }
            guard isCode(code) else { throw malformed(file, line: number) }
            codes.insert(code)
        }
        // A category that has codes below it is a heading.
        var headings: Set<String> = []
        for code in codes {
            for length in 3..<code.count { headings.insert(String(code.prefix(length))) }
        }
        return codes.subtracting(headings)
    }

    private static func isCode(_ text: String) -> Bool {
        (3...7).contains(text.utf8.count) && text.utf8.first.map { $0 > UInt8(ascii: "9") } == true
            && text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
            }
    }

    private static func malformed(_ file: SourceFile, line: Int) -> FileRefusal {
        file.refusal(
            "is not a list of ICD-10-CM codes", line: line,
            remedy: "Give the order file or the code list that belongs to the Tabular List")
    }
}
