/// A line of either layout of the ICD-10-PCS list.
struct ProcedureRow {
    let code: String
    let title: String
    let shortTitle: String
    /// False for the tables that the order file lists between the codes.
    let isValid: Bool

    /// Nil when the line is of neither layout.
    init?(_ line: ArraySlice<UInt8>) {
        let isOrder = line.count > 16 && line[line.startIndex + 5] == UInt8(ascii: " ")
        if isOrder {
            let flag = line[line.startIndex + 14]
            guard flag == UInt8(ascii: "0") || flag == UInt8(ascii: "1") else { return nil }
            isValid = flag == UInt8(ascii: "1")
            code = LegacyText.folded(line.dropFirst(6).prefix(7))
            shortTitle = LegacyText.folded(line.dropFirst(16).prefix(60))
            let long = LegacyText.folded(line.dropFirst(77))
            title = long.isEmpty ? shortTitle : long
        } else {
            guard line.count > 8, line[line.startIndex + 7] == UInt8(ascii: " ") else { return nil }
            isValid = true
            code = LegacyText.folded(line.prefix(7))
            shortTitle = ""
            title = LegacyText.folded(line.dropFirst(8))
        }
        guard !title.isEmpty, code.utf8.count == 7 || !isValid, code.utf8.allSatisfy(Self.isCharacter) else {
            return nil
        }
    }

    /// ICD-10-PCS leaves out I and O, which look like digits.
    private static func isCharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte) && byte != UInt8(ascii: "I") && byte != UInt8(ascii: "O")
    }
}
