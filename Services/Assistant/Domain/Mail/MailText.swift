/// What a person wrote into a message: without what is quoted below and without the signature.
enum MailText {
    /// Longer cases are no cases; what is over is left off.
    static let longest = 16_000

    /// The own part of a plain text.
    static func own(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let trimmed = line.trimmed
            // RFC 3676 §4.3: the line before a signature.
            if line == "-- " || line == "--" { break }
            if trimmed.hasPrefix("-----Original Message") || trimmed.hasPrefix("________________________________") {
                break
            }
            if isAttribution(trimmed) { break }
            if trimmed.hasPrefix(">") { continue }
            lines.append(line)
        }
        return String(lines.joined(separator: "\n").trimmed.prefix(longest))
    }

    /// "On … wrote:".
    private static func isAttribution(_ line: String) -> Bool {
        line.hasPrefix("On ") && line.hasSuffix("wrote:")
    }
}
