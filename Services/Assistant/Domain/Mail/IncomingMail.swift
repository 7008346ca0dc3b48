/// A message as it was read: what a case is made of. It is never kept as it is.
struct IncomingMail: Sendable, Equatable {
    /// A header field with its decoded value.
    struct Field: Sendable, Equatable {
        /// Lower case.
        var name: String
        var value: String
    }

    /// In the order of the message, the newest first.
    var fields: [Field]
    /// The address in From, lower case; empty: none, or several.
    var from: String
    /// Without what was quoted and the signature.
    var text: String
    var attachments: Int

    /// The first field of a name (lower case); empty: none.
    func field(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// Without its brackets; empty: it has none.
    var messageID: String { Self.ids(in: field("message-id")).first ?? "" }

    /// The messages of its thread, oldest first (RFC 5322 §3.6.4).
    var references: [String] {
        let all = Self.ids(in: field("references"))
        let parent = Self.ids(in: field("in-reply-to"))
        return all + parent.filter { !all.contains($0) }
    }

    var subject: String { field("subject").collapsed }

    /// What stands between `<` and `>`, at most 50 of at most 250 bytes.
    static func ids(in text: String) -> [String] {
        text.split(separator: "<").compactMap { part in
            guard let end = part.firstIndex(of: ">") else { return nil }
            let id = part[..<end]
            let isPlain = id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            return isPlain && !id.isEmpty && id.utf8.count <= 250 ? String(id) : nil
        }.suffix(50)
    }
}
