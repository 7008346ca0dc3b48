/// What the search index keeps in memory of each code: enough to filter and count without reading its row.
///
/// Written as 20 bytes, little-endian: code and chapter (32 bits each), added and retired (32 bits each, YYYYMMDD, 0 for
/// none), system and billable (8 bits each), words of the title (16 bits).
struct SearchDocument: Sendable, Equatable {
    var code: UInt32
    /// The heading at the top, 0 for the heading itself and for sets without headings.
    var chapter: UInt32
    var added: Int32
    var retired: Int32
    var system: UInt8
    var billable: Bool
    var titleWords: UInt16

    static let size = 20

    func append(to bytes: inout [UInt8]) {
        for value in [code, chapter, UInt32(bitPattern: added), UInt32(bitPattern: retired)] {
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
            bytes.append(UInt8(truncatingIfNeeded: value >> 16))
            bytes.append(UInt8(truncatingIfNeeded: value >> 24))
        }
        bytes.append(system)
        bytes.append(billable ? 1 : 0)
        bytes.append(UInt8(truncatingIfNeeded: titleWords))
        bytes.append(UInt8(truncatingIfNeeded: titleWords >> 8))
    }

    /// Reads the document at a place of the blob.
    static func read(_ bytes: UnsafeRawBufferPointer, at index: Int) -> SearchDocument {
        let base = index * size
        func word(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: base + offset, as: UInt32.self))
        }
        return SearchDocument(
            code: word(0), chapter: word(4), added: Int32(bitPattern: word(8)), retired: Int32(bitPattern: word(12)),
            system: bytes[base + 16], billable: bytes[base + 17] == 1,
            titleWords: UInt16(bytes[base + 18]) | UInt16(bytes[base + 19]) << 8)
    }

    /// Whether the code may be used on a day.
    func status(on day: Int32) -> CodeStatus {
        if retired != 0, retired <= day { return .retired }
        return added != 0 && added > day ? .future : .active
    }
}
