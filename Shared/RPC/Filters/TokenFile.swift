import Crypto
import Synchronization

/// Tokens by which callers without a certificate are known: a file of lines, each a name and the SHA-256 of a token in 64 hexadecimal
/// digits. The tokens themselves are nowhere. The file is read again when it changes.
package final class TokenFile: Sendable {
    /// More callers than this want certificates.
    static let lineLimit = 1024
    /// A token has no more bytes than this.
    static let tokenLimit = 512

    private struct State {
        var text: [UInt8]
        /// Names by digest.
        var names: [[UInt8]: String]
    }

    package let path: String
    private let state: Mutex<State>

    /// - Throws: `TLSFailure` that names path and line, when it cannot be read or is malformed.
    package init(path: String) throws(TLSFailure) {
        self.path = path
        let text = try TLSFiles.bytes(path)
        state = Mutex(State(text: text, names: try TokenFile.names(text, path)))
    }

    /// Whose token it is; nil: nobody's.
    package func name(of token: some Collection<UInt8>) -> String? {
        guard token.count <= TokenFile.tokenLimit else { return nil }
        let digest = Array(SHA256.hash(data: Array(token)))
        // Looked up by digest: how long that takes says nothing of a token.
        return state.withLock { $0.names[digest] }
    }

    /// Reads the file again; false when nothing changed. A file that is malformed changes nothing.
    ///
    /// - Throws: `TLSFailure` as at first.
    package func reload() throws(TLSFailure) -> Bool {
        let text = try TLSFiles.bytes(path)
        guard text != state.withLock({ $0.text }) else { return false }
        let names = try TokenFile.names(text, path)
        state.withLock { $0 = State(text: text, names: names) }
        return true
    }

    private static func names(_ text: [UInt8], _ path: String) throws(TLSFailure) -> [[UInt8]: String] {
        var names: [[UInt8]: String] = [:]
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= lineLimit else { throw TLSFailure("\(path) has more than \(lineLimit) lines") }
        for (index, line) in lines.enumerated() {
            let words = line.split { $0.isWhitespace }.prefix { !$0.hasPrefix("#") }
            guard !words.isEmpty else { continue }
            guard words.count == 2, let digest = digest(words[words.startIndex + 1]) else {
                throw TLSFailure(
                    "\(path), line \(index + 1): a name and the SHA-256 of a token in 64 digits are expected")
            }
            guard names.updateValue(String(words[words.startIndex]), forKey: digest) == nil else {
                throw TLSFailure("\(path), line \(index + 1): this token is another's already")
            }
        }
        return names
    }

    private static func digest(_ text: Substring) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == 64, text.utf8.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }
}
