/// The records of a CSV file (RFC 4180), each with the line on which it begins, from 1. Quoted fields may hold commas,
/// doubled quotes and line ends.
struct CSVRecords: Sequence, IteratorProtocol {
    /// One record.
    struct Record {
        let line: Int
        let fields: [String]
    }

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// The file ended inside a quoted field that began on this line; 0: it did not.
    private(set) var unclosedLine = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func next() -> Record? {
        guard position < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        var field: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\"") where field.isEmpty: field = quoted()
            case UInt8(ascii: ","):
                fields.append(LegacyText.decode(field))
                field = []
            case UInt8(ascii: "\r"): continue
            case UInt8(ascii: "\n"):
                line += 1
                fields.append(LegacyText.decode(field))
                return Record(line: start, fields: fields)
            default: field.append(byte)
            }
        }
        fields.append(LegacyText.decode(field))
        return Record(line: start, fields: fields)
    }

    /// The rest of a quoted field; `position` is behind its opening quote.
    private mutating func quoted() -> [UInt8] {
        let start = line
        var field: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") {
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return field }
                position += 1
            } else if byte == UInt8(ascii: "\n") {
                line += 1
            }
            field.append(byte)
        }
        unclosedLine = start
        return field
    }
}
