/// What the file `CURRENT` says: which snapshot is published, and how to know it.
///
/// One line: `snapshot-000042.sqlite`, a space, the SHA-256 of the file, a space, its size in bytes.
package struct SnapshotPointer: Sendable, Hashable {
    /// Counts up by one with each import.
    package let number: Int
    /// Of the file, in lower-case hexadecimal.
    package let sha256: String
    /// The size of the file.
    package let bytes: Int

    /// Names a published file.
    package init(number: Int, sha256: String, bytes: Int) {
        self.number = number
        self.sha256 = sha256
        self.bytes = bytes
    }

    /// The file's name in the folder.
    package var fileName: String { Self.fileName(number) }

    /// Short and different for each published snapshot: its number and the start of its checksum.
    package var identity: String { "\(number)-\(sha256.prefix(12))" }

    var line: String { "\(fileName) \(sha256) \(bytes)\n" }

    init?(line: String) {
        let fields = line.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard fields.count == 3, let number = Self.number(ofFile: String(fields[0])), fields[1].utf8.count == 64,
            let bytes = Int(fields[2])
        else { return nil }
        self.init(number: number, sha256: String(fields[1]), bytes: bytes)
    }

    static func fileName(_ number: Int) -> String {
        let digits = String(number)
        return "snapshot-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".sqlite"
    }

    /// The number in the name of a snapshot file; nil for other files.
    static func number(ofFile name: String) -> Int? {
        guard name.hasPrefix("snapshot-"), name.hasSuffix(".sqlite"),
            let number = Int(name.dropFirst("snapshot-".count).dropLast(".sqlite".count)), number > 0,
            name == fileName(number)
        else { return nil }
        return number
    }
}
