/// One SMTP (RFC 5321) or LMTP (RFC 2033) session as a receiving server: lines in, replies and messages out. No socket, no clock.
struct MailSession: Sendable {
    /// Which of the two is spoken: they differ in the greeting command and in that LMTP answers DATA once for each recipient.
    enum Dialect: Sendable {
        case smtp, lmtp
    }

    /// What the shell does.
    enum Action: Sendable, Equatable {
        case reply(String)
        /// A message is whole: take it, then say `accepted` or `refused` for each recipient.
        case message(envelope: Envelope, bytes: [UInt8])
        case close
    }

    /// Who it is from and for, as the commands said.
    struct Envelope: Sendable, Equatable {
        /// Empty for a bounce.
        var sender = ""
        var recipients: [String] = []
    }

    /// Longest line of a command (RFC 5321 §4.5.3.1.4 has 512; extensions need more).
    static let longestLine = 2_048
    /// Recipients of a message; all of them are the one address of the desk.
    static let mostRecipients = 16
    /// Commands that are refused before the session ends: a scanner, not a mail server.
    static let mostErrors = 10

    private let dialect: Dialect
    private let host: String
    private let mostBytes: Int
    private let isOurs: @Sendable (String) -> Bool
    private var isGreeted = false
    private var hasSender = false
    private var envelope = Envelope()
    private var data: [UInt8]?
    private var isTooLarge = false
    private var line: [UInt8] = []
    private var errors = 0
    private var isClosed = false

    /// - Parameters:
    ///   - host: the name in the greeting.
    ///   - mostBytes: of a message.
    ///   - isOurs: whether an address is one that cases are mailed to.
    init(_ dialect: Dialect, host: String, mostBytes: Int, isOurs: @escaping @Sendable (String) -> Bool) {
        self.dialect = dialect
        self.host = host
        self.mostBytes = mostBytes
        self.isOurs = isOurs
    }

    /// What is said first.
    var greeting: String { "220 \(host) \(dialect == .lmtp ? "LMTP" : "ESMTP")" }

    /// Takes bytes as they come; what is after the end of a message is read, too (RFC 2920, pipelining).
    mutating func receive(_ bytes: some Sequence<UInt8>) -> [Action] {
        var actions: [Action] = []
        for byte in bytes where !isClosed {
            line.append(byte)
            guard byte == 0x0A else {
                if line.count > (data == nil ? Self.longestLine : max(mostBytes, Self.longestLine)) {
                    line = []
                    if data == nil {
                        actions += [.reply("500 5.5.2 line too long"), .close]
                        isClosed = true
                    } else {
                        isTooLarge = true
                    }
                }
                continue
            }
            let whole = line
            line = []
            if data == nil { actions += command(whole) } else { actions += dataLine(whole) }
        }
        return actions
    }

    private mutating func dataLine(_ line: [UInt8]) -> [Action] {
        let content =
            line.last == 0x0A ? line.dropLast(line.suffix(2).first == 0x0D && line.count > 1 ? 2 : 1) : line[...]
        if content.elementsEqual([0x2E]) { return endData() }
        guard !isTooLarge else { return [] }
        // A dot that was put before a dot is taken off (RFC 5321 §4.5.2).
        let rest = content.first == 0x2E ? content.dropFirst() : content
        guard (data?.count ?? 0) + rest.count + 2 <= mostBytes else {
            isTooLarge = true
            data = []
            return []
        }
        data? += rest
        data? += [0x0D, 0x0A]
        return []
    }

    private mutating func endData() -> [Action] {
        let (bytes, sent, tooLarge) = (data ?? [], envelope, isTooLarge)
        reset()
        guard !tooLarge else {
            let reply = Action.reply("552 5.3.4 a message may have at most \(mostBytes) bytes")
            return dialect == .lmtp ? sent.recipients.map { _ in reply } : [reply]
        }
        return [.message(envelope: sent, bytes: bytes)]
    }

    /// The replies to a message that was taken or not: LMTP answers for each recipient.
    func replies(to envelope: Envelope, _ reply: String) -> [Action] {
        dialect == .lmtp ? envelope.recipients.map { _ in .reply(reply) } : [.reply(reply)]
    }

    private mutating func command(_ bytes: [UInt8]) -> [Action] {
        guard let text = String(validating: bytes, as: UTF8.self) else { return error("500 5.5.2 not readable") }
        let trimmed = text.trimmed
        let verb = trimmed.prefix { $0 != " " && $0 != ":" }.uppercased()
        let rest = trimmed.dropFirst(verb.count).trimmed
        switch verb {
        case "EHLO" where dialect == .smtp, "LHLO" where dialect == .lmtp:
            guard !rest.isEmpty else { return error("501 5.5.4 say your name") }
            reset()
            isGreeted = true
            return [
                .reply("250-\(host)"), .reply("250-PIPELINING"), .reply("250-SIZE \(mostBytes)"),
                .reply("250-8BITMIME"),
                .reply("250-SMTPUTF8"), .reply("250 ENHANCEDSTATUSCODES"),
            ]
        case "HELO" where dialect == .smtp:
            guard !rest.isEmpty else { return error("501 5.5.4 say your name") }
            reset()
            isGreeted = true
            return [.reply("250 \(host)")]
        case "MAIL": return mail(rest)
        case "RCPT": return recipient(rest)
        case "DATA":
            guard hasSender, !envelope.recipients.isEmpty else { return error("503 5.5.1 MAIL and RCPT first") }
            data = []
            return [.reply("354 end with a dot on a line of its own")]
        case "RSET":
            reset()
            return [.reply("250 2.0.0 forgotten")]
        case "NOOP": return [.reply("250 2.0.0 fine")]
        case "VRFY": return [.reply("252 2.5.0 send it and see")]
        case "QUIT":
            isClosed = true
            return [.reply("221 2.0.0 goodbye"), .close]
        default: return error("502 5.5.1 not known here")
        }
    }

    private mutating func mail(_ rest: String) -> [Action] {
        guard isGreeted else { return error("503 5.5.1 say \(dialect == .lmtp ? "LHLO" : "EHLO") first") }
        guard !hasSender else { return error("503 5.5.1 there is a message under way") }
        guard rest.uppercased().hasPrefix("FROM:"), let (address, parameters) = Self.path(rest.dropFirst(5)) else {
            return error("501 5.5.4 MAIL FROM:<address>")
        }
        for parameter in parameters where parameter.uppercased().hasPrefix("SIZE=") {
            if let size = Int(parameter.dropFirst(5)), size > mostBytes {
                return error("552 5.3.4 a message may have at most \(mostBytes) bytes")
            }
        }
        envelope = Envelope(sender: address)
        hasSender = true
        return [.reply("250 2.1.0 go on")]
    }

    private mutating func recipient(_ rest: String) -> [Action] {
        guard hasSender else { return error("503 5.5.1 MAIL first") }
        guard rest.uppercased().hasPrefix("TO:"), let (address, _) = Self.path(rest.dropFirst(3)), !address.isEmpty
        else {
            return error("501 5.5.4 RCPT TO:<address>")
        }
        guard isOurs(address) else { return error("550 5.1.1 no cases are taken at this address") }
        guard envelope.recipients.count < Self.mostRecipients else { return [.reply("452 4.5.3 too many recipients")] }
        envelope.recipients.append(address)
        return [.reply("250 2.1.5 go on")]
    }

    private mutating func error(_ reply: String) -> [Action] {
        errors += 1
        guard errors < Self.mostErrors else {
            isClosed = true
            return [.reply("421 4.7.0 too many errors"), .close]
        }
        return [.reply(reply)]
    }

    private mutating func reset() {
        envelope = Envelope()
        hasSender = false
        data = nil
        isTooLarge = false
    }

    /// `<address> PARAMETER …`; a route before the address (`<@a:b@c>`) is refused.
    private static func path(_ text: Substring) -> (String, [String])? {
        let text = text.trimmed
        guard text.hasPrefix("<"), let end = text.firstIndex(of: ">") else { return nil }
        let address = String(text[text.index(after: text.startIndex)..<end])
        guard address.utf8.count <= 320, !address.hasPrefix("@"),
            address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "<" }),
            address.isEmpty || address.filter({ $0 == "@" }).count == 1
        else { return nil }
        return (address.lowercased(), text[text.index(after: end)...].split(separator: " ").map(String.init))
    }
}
