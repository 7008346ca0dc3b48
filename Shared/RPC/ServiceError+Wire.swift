import Wire

extension ServiceError {
    /// Longest message that travels, in UTF-8 bytes; it is a sentence, and the header has 8 KiB in all.
    static let messageLimit = 1024

    /// What a REPLY header says of this error.
    var replyHeader: RPCHeaders.ReplyHeader {
        var header = RPCHeaders.ReplyHeader()
        header.code = UInt32(kind.rawValue)
        header.message = ServiceError.bounded(message)
        if !field.isEmpty || !reason.isEmpty || mayHaveRun {
            let details = RPCHeaders.StatusDetails(
                field: ServiceError.bounded(field), reason: ServiceError.bounded(reason), mayHaveRun: mayHaveRun)
            do throws(WireError) {
                header.details = try Wire.encode(details)
            } catch {
                header.details = []
            }
        }
        if let retryAfter { header.pushbackMs = Int32(clamping: max(1, retryAfter.milliseconds)) }
        return header
    }

    /// The error in a REPLY header; nil when it says OK.
    init?(_ header: RPCHeaders.ReplyHeader) {
        guard header.code != 0 else { return nil }
        let kind = UInt8(exactly: header.code).flatMap(Kind.init) ?? .unknown
        self.init(kind, header.message)
        if header.pushbackMs > 0 { retryAfter = .milliseconds(Int64(header.pushbackMs)) }
        do throws(WireError) {
            let details = try Wire.decode(RPCHeaders.StatusDetails.self, from: header.details)
            field = details.field
            reason = details.reason
            mayHaveRun = details.mayHaveRun
        } catch {
            // Details of another shape: the code and the message still stand.
            reason = "unreadable_details"
        }
    }

    /// The answer to a request that cannot be read.
    init(requestError error: WireError) {
        switch error {
        case .malformed(let message): self.init(.invalidArgument, "the request is not a valid \(message)")
        case .invalidText: self.init(.invalidArgument, "a text of the request is not UTF-8")
        case .tooLarge(let message):
            self.init(.resourceExhausted, "reading the \(message) takes more memory than its size allows")
        case .outOfMemory: self.init(.resourceExhausted, "the server is out of memory")
        }
    }

    /// The answer when what came back cannot be read, or what is to be sent cannot be packed.
    init(messageError error: WireError, mayHaveRun: Bool) {
        self.init(.internal, "a message cannot be packed or read (\(error))", mayHaveRun: mayHaveRun)
    }

    private static func bounded(_ text: String) -> String {
        guard text.utf8.count > messageLimit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: messageLimit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }

    /// Whole microseconds, rounded down.
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
