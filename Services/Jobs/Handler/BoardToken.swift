import RPC

/// A position of the board as readers hand it back: `key-time-id-question`, numbers in base 36.
enum BoardToken {
    /// FNV-1a; it tells questions apart and keeps no secret.
    static func fingerprint(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    static func text(_ position: BoardPosition, of question: UInt64) -> String {
        [
            String(position.key, radix: 36), String(position.publishedAt, radix: 36), position.id.text,
            String(question, radix: 36),
        ].joined(separator: "-")
    }

    /// - Throws: `ServiceError.invalidArgument` for a token of another question.
    static func position(_ token: String, of question: UInt64) throws(ServiceError) -> BoardPosition {
        let parts = token.utf8.count <= 96 ? token.split(separator: "-") : []
        guard parts.count == 4, let key = Int64(parts[0], radix: 36), let time = Int64(parts[1], radix: 36),
            let id = PostingID(String(parts[2])), UInt64(parts[3], radix: 36) == question
        else {
            throw ServiceError(
                .invalidArgument, "The page token belongs to another search: start without one.", field: "page_token")
        }
        return BoardPosition(key: key, publishedAt: time, id: id)
    }
}
