import Foundation

/// HTML of a feed as Markdown: paragraphs, list entries and line ends are kept, everything else is text.
enum FeedText {
    private static let breaks: Set<String> = ["p", "br", "div", "ul", "ol", "h1", "h2", "h3", "h4", "tr", "section"]
    private static let silent: Set<String> = ["script", "style"]
    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "rsquo": "’", "lsquo": "‘", "ldquo": "“", "rdquo": "”", "bull": "•", "hellip": "…",
    ]

    /// The text; what is no HTML stays as it is, but for blanks.
    static func plain(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        while let mark = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            text += rest[..<mark]
            rest = rest[mark...]
            if rest.first == "&" {
                text += entity(&rest)
            } else {
                text += tag(&rest)
            }
        }
        text += rest
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        return lines.joined(separator: "\n").replacing(#/\n{3,}/#, with: "\n\n").trimmed
    }

    /// Takes a tag and gives what stands for it.
    private static func tag(_ rest: inout Substring) -> String {
        guard let end = rest.firstIndex(of: ">") else {
            rest.removeFirst()
            return "<"
        }
        let inside = rest[rest.index(after: rest.startIndex)..<end].lowercased()
        rest = rest[rest.index(after: end)...]
        let name = String(inside.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
        if silent.contains(name), !inside.hasPrefix("/") {
            guard let close = rest.range(of: "</\(name)", options: .caseInsensitive) else {
                rest = ""
                return ""
            }
            rest = rest[close.lowerBound...]
            return ""
        }
        if name == "li" { return inside.hasPrefix("/") ? "" : "\n- " }
        if breaks.contains(name) { return name == "br" ? "\n" : "\n\n" }
        return ""
    }

    /// Takes an entity and gives its character; a lone `&` is one.
    private static func entity(_ rest: inout Substring) -> String {
        let body = rest.dropFirst().prefix(12)
        guard let end = body.firstIndex(of: ";") else {
            rest.removeFirst()
            return "&"
        }
        let name = String(body[..<end])
        var found = entities[name]
        if found == nil, name.hasPrefix("#") {
            let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
            let number = UInt32(name.dropFirst(isHexadecimal ? 2 : 1), radix: isHexadecimal ? 16 : 10)
            found = number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
        }
        guard let found else {
            rest.removeFirst()
            return "&"
        }
        rest = rest[rest.index(after: end)...]
        return found
    }
}
