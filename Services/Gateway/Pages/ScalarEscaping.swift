import Mustache

/// Escapes text for HTML one Unicode scalar at a time.
///
/// The library's own escaping goes by grapheme: a quotation mark with a combining accent after it is one character, which
/// is not a quotation mark, and it would leave an attribute's value unescaped.
struct ScalarEscaping: MustacheContentType {
    /// The name under which templates ask for it; `Renderer` makes each of them do so.
    static let name = "HTML_SCALARS"

    func escapeText(_ text: String) -> String {
        var out = ""
        out.unicodeScalars.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
