/// Paragraphs and lists as plain text and as HTML at once, so that the two say the same.
struct Letter: Sendable {
    private(set) var text = ""
    private var body = ""

    mutating func paragraph(_ line: String) {
        text += line + "\n\n"
        body += "<p>\(Self.escaped(line).replacing("\n", with: "<br>\n"))</p>\n"
    }

    /// Nothing when the list is empty.
    mutating func list(_ heading: String, _ lines: [String]) {
        guard !lines.isEmpty else { return }
        text += heading + "\n" + lines.map { "- \($0)\n" }.joined() + "\n"
        body +=
            "<h3>\(Self.escaped(heading))</h3>\n<ul>\n" + lines.map { "<li>\(Self.escaped($0))</li>\n" }.joined()
            + "</ul>\n"
    }

    /// A whole document.
    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>CaseConsultant</title></head>
        <body style="font-family: sans-serif; line-height: 1.5; max-width: 40rem">
        \(body)</body></html>

        """
    }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
