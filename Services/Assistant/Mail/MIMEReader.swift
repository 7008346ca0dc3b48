import CMime

/// Reads messages with GMime.
enum MIMEReader {
    /// Parts that are looked at; a message of a person has a handful.
    static let mostParts = 200
    /// `boundary=` in a message before it is parsed at all: parts within parts cost stack.
    static let mostBoundaries = 60
    /// Decoded text that is taken.
    static let mostText = 256 * 1024
    /// Header fields that are looked at.
    static let mostFields = 300
    /// Bytes of a field's value.
    static let longestField = 8_192

    /// Why a message is not read; said to the sending server.
    enum Fault: String, Error {
        case unreadable = "the message cannot be read"
        case tooManyParts = "the message has too many parts"
        case noSender = "the message must have one address in From"
        case noText = "the message holds no text"
    }

    /// The message of some bytes.
    static func read(_ bytes: [UInt8]) throws(Fault) -> IncomingMail {
        guard boundaries(in: bytes) <= mostBoundaries else { throw .tooManyParts }
        let message = bytes.withUnsafeBytes { bytes in
            mime_parse(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        guard let message else { throw .unreadable }
        defer { mime_free(message) }
        let (plain, html, attachments) = try parts(of: message)
        let written = plain.trimmed.isEmpty ? HTMLDocument.markdown(of: html) : plain
        let mail = IncomingMail(
            fields: fields(of: message), from: sender(of: message), text: MailText.own(written),
            attachments: attachments)
        guard !mail.from.isEmpty else { throw .noSender }
        guard !(mail.text + mail.subject).trimmed.isEmpty else { throw .noText }
        return mail
    }

    private static func parts(of message: UnsafeMutableRawPointer) throws(Fault) -> (String, String, Int) {
        guard let iterator = mime_parts(message) else { return ("", "", 0) }
        defer { mime_parts_free(iterator) }
        var plain = ""
        var html = ""
        var attachments = 0
        var count = 0
        while mime_parts_valid(iterator) != 0 {
            count += 1
            guard count <= mostParts else { throw .tooManyParts }
            switch mime_part_kind(iterator) {
            case 1: append(text(iterator), to: &plain)
            case 2: append(text(iterator), to: &html)
            case 3: attachments += 1
            default: break
            }
            if mime_parts_next(iterator) == 0 { break }
        }
        return (plain, html, attachments)
    }

    private static func append(_ text: String, to all: inout String) {
        guard all.utf8.count < mostText else { return }
        all += (all.isEmpty ? "" : "\n") + text.prefix(mostText)
    }

    private static func text(_ iterator: UnsafeMutableRawPointer) -> String {
        guard let text = mime_part_text(iterator) else { return "" }
        defer { mime_text_free(text) }
        // What is no UTF-8 even after decoding becomes the replacement character.
        return String(cString: text)
    }

    private static func fields(of message: UnsafeMutableRawPointer) -> [IncomingMail.Field] {
        (0..<min(Int(mime_header_count(message)), mostFields)).compactMap { index in
            guard let name = mime_header_name(message, Int32(index)) else { return nil }
            let value = mime_header_value(message, Int32(index)).map { String(cString: $0) } ?? ""
            // A field is one line here, whatever it was folded into.
            return IncomingMail.Field(
                name: String(cString: name).lowercased(), value: String(value.prefix(longestField)).collapsed)
        }
    }

    private static func sender(of message: UnsafeMutableRawPointer) -> String {
        guard mime_from_count(message) == 1, let from = mime_from(message) else { return "" }
        let address = String(cString: from).lowercased()
        let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
        return isPlain && address.utf8.count <= 254 && address.filter { $0 == "@" }.count == 1 ? address : ""
    }

    private static func boundaries(in bytes: [UInt8]) -> Int {
        let word = Array("boundary".utf8)
        var count = 0
        var index = 0
        while index + word.count <= bytes.count, count <= mostBoundaries {
            if bytes[index] | 0x20 == word[0], zip(bytes[index...], word).allSatisfy({ $0 | 0x20 == $1 }) {
                count += 1
                index += word.count
            } else {
                index += 1
            }
        }
        return count
    }
}
