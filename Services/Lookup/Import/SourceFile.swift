import Foundation

/// A file that was read whole into memory, with the name that its publisher gave it.
package struct SourceFile: Sendable, Equatable {
    /// No official file of a code set is a tenth of this; a larger one is the wrong file.
    package static let maximumBytes = 256 * 1024 * 1024

    /// The publisher's name, which stands in every message.
    package let name: String
    package let bytes: [UInt8]

    /// A file that is in memory already.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Reads a file.
    ///
    /// - Throws: ``FileRefusal`` when it cannot be read, is empty or is larger than ``maximumBytes``.
    package init(at path: String, name: String? = nil) throws {
        let url = URL(fileURLWithPath: path)
        self.name = name ?? url.lastPathComponent
        let data: Data
        do {
            data = try Data(contentsOf: url, options: .mappedIfSafe)
        } catch {
            throw FileRefusal(
                file: self.name, reason: "cannot be read at \(path)",
                remedy: "Check that the file is there and may be read, or run `codingahead data pull`")
        }
        guard data.count <= Self.maximumBytes else {
            throw FileRefusal(
                file: self.name, reason: "holds \(data.count) bytes, more than the \(Self.maximumBytes) allowed",
                remedy: "Take the publisher's own file, unpacked")
        }
        self.bytes = [UInt8](data)
        try refuseIfEmpty()
    }

    /// - Throws: ``FileRefusal`` when there is nothing but white space.
    package func refuseIfEmpty() throws {
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else {
            throw refusal("is empty", remedy: "Download or pull the file again")
        }
    }

    /// A refusal of this file.
    package func refusal(_ reason: String, line: Int = 0, remedy: String) -> FileRefusal {
        FileRefusal(file: name, line: line, reason: reason, remedy: remedy)
    }
}
