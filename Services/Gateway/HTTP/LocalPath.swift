/// A place on this site to go to after a form, so that `next=` never leads anywhere else.
struct LocalPath: Sendable, Equatable {
    /// Longer than any address of ours with its query.
    private static let maximumLength = 512

    let text: String

    /// nil unless it begins with one slash and holds nothing that a browser could read as a host: no second slash or
    /// backslash at its start, no backslash, control character, space or raw non-ASCII anywhere.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= Self.maximumLength,
            bytes.count == 1 || bytes[1] != UInt8(ascii: "/"),
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.text = text
    }
}
