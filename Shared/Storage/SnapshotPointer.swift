/// What the file `CURRENT` says: which snapshot is published, and how to know it.
///
/// One line: `snapshot-000042.sqlite`, a space, the SHA-256 of the file, a space, its size in bytes; when an index file goes
/// with it (`snapshot-000042.index`), then also its SHA-256 and its size.
package struct SnapshotPointer: Sendable, Hashable {
    /// Counts up by one with each import.
    package let number: Int
    /// Of the file, in lower-case hexadecimal.
    package let sha256: String
    /// The size of the file.
    package let bytes: Int
    /// The index file that was published with it; nil when there is none.
    package let index: Index?

    /// A file of the owner's own format that belongs to the snapshot.
    package struct Index: Sendable, Hashable {
        /// Of the file, in lower-case hexadecimal.
        package let sha256: String
        /// The size of the file.
        package let bytes: Int

        /// Says how to know the file.
        package init(sha256: String, bytes: Int) {
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// Names a published file.
    package init(number: Int, sha256: String, bytes: Int, index: Index? = nil) {
        self.number = number
        self.sha256 = sha256
        self.bytes = bytes
        self.index = index
    }

    /// The file's name in the folder.
    package var fileName: String { Self.fileName(number) }

    /// Short and different for each published snapshot: its number and the start of its checksum.
    package var identity: String { "\(number)-\(sha256.prefix(12))" }

    /// The index file's name in the folder, whether there is one or not.
    package var indexFileName: String { String(fileName.dropLast(".sqlite".count)) + ".index" }

    var line: String {
        "\(fileName) \(sha256) \(bytes)" + (index.map { " \($0.sha256) \($0.bytes)" } ?? "") + "\n"
    }

    init?(line: String) {
        let fields = line.split(whereSeparator: { $0 == " " || $0 == "\n" })
        guard fields.count == 3 || fields.count == 5, let number = Self.number(ofFile: String(fields[0])),
            fields[1].utf8.count == 64, let bytes = Int(fields[2])
        else { return nil }
        var index: Index?
        if fields.count == 5 {
            guard fields[3].utf8.count == 64, let indexBytes = Int(fields[4]) else { return nil }
            index = Index(sha256: String(fields[3]), bytes: indexBytes)
        }
        self.init(number: number, sha256: String(fields[1]), bytes: bytes, index: index)
    }

    static func fileName(_ number: Int) -> String {
        let digits = String(number)
        return "snapshot-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits + ".sqlite"
    }

    /// The number in the name of an index file; nil for other files.
    static func number(ofIndex name: String) -> Int? {
        name.hasSuffix(".index") ? number(ofFile: String(name.dropLast(".index".count)) + ".sqlite") : nil
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
