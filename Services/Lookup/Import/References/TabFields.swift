import Glibc

/// The tab-separated fields of a line in place, without decoding.
struct TabFields {
    private let line: UnsafeRawBufferPointer
    /// Where each field ends.
    private var ends: [Int] = []

    init(_ line: UnsafeRawBufferPointer) {
        self.line = line
        ends.reserveCapacity(8)
        var start = 0
        while start < line.count, let base = line.baseAddress, let tab = memchr(base + start, 0x09, line.count - start)
        {
            let place = UnsafeRawPointer(tab) - base
            ends.append(place)
            start = place + 1
        }
        ends.append(line.count)
    }

    var count: Int { ends.count }

    /// The bytes of a field, without blanks around them; empty when the line has no such field.
    subscript(place: Int) -> Slice<UnsafeRawBufferPointer> {
        guard place < ends.count else { return line[0..<0] }
        var field = line[(place == 0 ? 0 : ends[place - 1] + 1)..<ends[place]]
        while field.first == UInt8(ascii: " ") { field.removeFirst() }
        while field.last == UInt8(ascii: " ") { field.removeLast() }
        return field
    }

    /// A field as text, with runs of white space folded.
    func text(_ place: Int) -> String { LegacyText.folded(self[place]) }

    /// A field as a number of decimal digits; nil when it is none or has more than nine.
    func number(_ place: Int) -> Int? {
        let field = self[place]
        guard (1...9).contains(field.count) else { return nil }
        var number = 0
        for byte in field {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return number
    }

    /// Whether a field is one byte.
    func holds(_ place: Int, only byte: UInt8) -> Bool { self[place].count == 1 && self[place].first == byte }
}
