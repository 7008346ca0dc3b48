import Foundation
import Testing

extension RunningDesk {
    /// The text of a mail in the Maildir that holds a word, waited for up to 10 s; empty when none came.
    func mail(with word: String) async throws -> String {
        let folder = folder.appending(path: "mail/new")
        for _ in 0..<200 {
            if FileManager.default.fileExists(atPath: folder.path) {
                for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                    let text = try Self.decoded(folder.appending(path: name))
                    if text.contains(word) { return text }
                }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no mail with \(word) came in 10 s")
        return ""
    }

    /// A message with its Base64 lines (RFC 2045 §6.8) in plain text.
    private static func decoded(_ file: URL) throws -> String {
        let message = try String(contentsOf: file, encoding: .utf8)
        let lines = message.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n\n")
        return lines.map { part in
            let body = part.components(separatedBy: "\n").prefix { !$0.hasPrefix("--") }.joined()
            return Data(base64Encoded: body).map { String(decoding: $0, as: UTF8.self) } ?? part
        }.joined(separator: "\n")
    }
}
