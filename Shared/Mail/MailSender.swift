/// Who messages are from: `NAME <LOCAL@DOMAIN>` or the address alone.
package struct MailSender: Sendable, Equatable {
    /// What people read; may be empty.
    package let name: String
    /// Where bounces go.
    package let address: String

    /// Nil when `text` holds no address, or anything that could end a header line.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= 320 else { return nil }
        if let open = text.lastIndex(of: "<"), text.hasSuffix(">") {
            name = text[..<open].split(separator: " ").joined(separator: " ").filter { $0 != "\"" }
            address = String(text[text.index(after: open)...].dropLast())
        } else {
            name = ""
            address = text
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else { return nil }
    }

    /// What follows the `@`.
    package var domain: String { String(address.split(separator: "@").last ?? "localhost") }

    /// As a header field has it.
    package var field: String { name.isEmpty ? address : "\"\(name)\" <\(address)>" }
}
