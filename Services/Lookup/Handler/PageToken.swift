/// Where the next page begins: the position, the question and the edition set, as `12a-9f…-41-0123abcd`. Readers hand it back
/// unread; a token of another question or of replaced editions is refused instead of giving a page that fits neither.
enum PageToken {
    private static let longest = 128

    /// FNV-1a over the fields of a question. It tells questions apart; it keeps no secret.
    static func fingerprint(_ fields: [String]) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for field in fields {
            for byte in field.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xff) &* 0x100_0000_01b3
        }
        return hash
    }

    static func text(at position: Int, of fingerprint: UInt64, in editionSet: String) -> String {
        String(position, radix: 16) + "-" + String(fingerprint, radix: 16) + "-" + editionSet
    }

    /// - Returns: 0 for an empty token.
    static func position(_ token: String, of fingerprint: UInt64, in editionSet: String, atMost limit: Int)
        throws(LookupError) -> Int
    {
        if token.isEmpty { return 0 }
        let parts = token.utf8.count <= longest ? token.split(separator: "-", maxSplits: 2) : []
        guard parts.count == 3, let position = Int(parts[0], radix: 16), (1...limit).contains(position),
            UInt64(parts[1], radix: 16) == fingerprint
        else {
            throw .invalid(field: "page_token", "The page token does not belong to this question; start without one.")
        }
        guard parts[2] == editionSet else {
            throw .stale("The editions were replaced since the first page; start again without a page token.")
        }
        return position
    }
}
