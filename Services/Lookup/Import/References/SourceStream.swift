import Foundation
import Glibc

/// A file that is read line by line, in bounded memory: some reference files hold millions of rows.
package struct SourceStream: Sendable {
    /// The publisher's name, which stands in every message.
    package let name: String
    private let path: String

    /// How much is read at a time.
    private static let pieceBytes = 1 << 20
    /// No row of any layout is a hundredth of this; a longer one is not of the layout.
    private static let longestLine = 1 << 20

    /// Names a file; nothing is read yet.
    package init(at path: String, name: String) {
        self.path = path
        self.name = name
    }

    /// A refusal of this file.
    package func refusal(_ reason: String, line: Int = 0, remedy: String) -> FileRefusal {
        FileRefusal(file: name, line: line, reason: reason, remedy: remedy)
    }

    /// Calls `body` with each line and its number from 1, without its end (LF or CR LF). What follows the last line end is
    /// a line when it is not empty. The bytes are valid inside `body` only.
    ///
    /// - Throws: ``FileRefusal`` when the file cannot be read or a line has no end; what `body` throws.
    package func forEachLine(_ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
        guard let file = fopen(path, "rbe") else {
            throw refusal(
                "cannot be read at \(path)",
                remedy: "Check that the file is there and may be read, or run `codingahead data pull`")
        }
        defer { fclose(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.pieceBytes + Self.longestLine, alignment: 16)
        defer { buffer.deallocate() }
        var held = 0
        var number = 0
        while true {
            let count = fread(buffer.baseAddress.map { $0 + held }, 1, Self.pieceBytes, file)
            guard count > 0 else { break }
            let end = held + count
            var start = 0
            while let newline = Self.newline(buffer, from: start, to: end) {
                number += 1
                try body(number, Self.line(buffer, start, newline))
                start = newline + 1
            }
            held = end - start
            guard held <= Self.longestLine else {
                throw refusal(
                    "has a line of more than \(Self.longestLine) bytes", line: number + 1,
                    remedy: "Give the publisher's text file, unpacked")
            }
            if start > 0, let base = buffer.baseAddress { memmove(base, base + start, held) }
        }
        guard ferror(file) == 0 else {
            throw refusal("cannot be read to its end at \(path)", remedy: "Check the disk, or pull the file again")
        }
        if held > 0 { try body(number + 1, Self.line(buffer, 0, held)) }
    }

    private static func newline(_ buffer: UnsafeMutableRawBufferPointer, from start: Int, to end: Int) -> Int? {
        guard start < end, let base = buffer.baseAddress, let found = memchr(base + start, 0x0A, end - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    private static func line(
        _ buffer: UnsafeMutableRawBufferPointer, _ start: Int, _ end: Int
    ) -> UnsafeRawBufferPointer {
        let isReturn = end > start && buffer[end - 1] == UInt8(ascii: "\r")
        return UnsafeRawBufferPointer(rebasing: buffer[start..<(isReturn ? end - 1 : end)])
    }
}
