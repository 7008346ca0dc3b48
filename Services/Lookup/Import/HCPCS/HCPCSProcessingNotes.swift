/// The texts of the processing notes that HCPCS records name by number (`proc_notes_….txt` of the annual release):
/// lines of the form `0013--TEXT … *`, continued on the lines below, an empty line (`*` alone) between two notes.
package struct HCPCSProcessingNotes: Sendable, Equatable {
    /// Note number of four digits → text.
    private var texts: [String: String] = [:]

    /// No texts: the release that holds them is not loaded.
    package init() {}

    /// Reads the file.
    ///
    /// - Throws: ``FileRefusal`` when it is empty or holds no note.
    package init(_ file: SourceFile) throws {
        try file.refuseIfEmpty()
        var number: String?
        for (_, line) in TextLines(file.bytes) {
            var text = LegacyText.folded(line)
            if text.hasSuffix("*") { text = LegacyText.fold(String(text.dropLast())) }
            let digits = text.prefix(4)
            if text.dropFirst(4).hasPrefix("--"), digits.utf8.count == 4, Int(digits) != nil {
                number = String(digits)
                texts[String(digits)] = LegacyText.fold(String(text.dropFirst(6)))
            } else if text.isEmpty {
                number = nil
            } else if let number {
                texts[number, default: ""] += " " + text
            }
        }
        guard !texts.isEmpty else {
            throw file.refusal("holds no processing note", remedy: "Give the file proc_notes of the annual release")
        }
    }

    /// The text of a note, or nil.
    subscript(number: String) -> String? { texts[number] }
}
