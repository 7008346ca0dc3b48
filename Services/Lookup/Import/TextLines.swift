/// The lines of a text file with their numbers from 1, without their ends (LF or CR LF). The piece after the last line
/// end counts as a line only when it is not empty.
struct TextLines: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark is no part of the first line.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func next() -> (number: Int, bytes: ArraySlice<UInt8>)? {
        guard position < bytes.count else { return nil }
        let start = position
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        position = end + 1
        number += 1
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return (number, bytes[start..<end])
    }
}
