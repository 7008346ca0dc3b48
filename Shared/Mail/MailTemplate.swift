import Foundation
import Mustache

/// A message's text with places to fill in: the first line its subject, then paragraphs.
///
/// The HTML part is made from the same text, so that the two can never say different things: paragraphs become
/// paragraphs, a paragraph that is an address alone becomes a link.
package struct MailTemplate: Sendable {
    /// Why a template cannot be used.
    package enum Fault: Error, Sendable {
        /// It has no `Subject: ` line followed by an empty one.
        case noSubject
    }

    private let subject: MustacheTemplate
    private let body: MustacheTemplate

    /// Reads `Subject: …`, an empty line, and the text, in Mustache.
    ///
    /// - Throws: `Fault`, or Mustache's own error.
    package init(_ source: String) throws {
        let prefix = "Subject: "
        guard source.hasPrefix(prefix), let end = source.range(of: "\n\n") else { throw Fault.noSubject }
        let plain = "{{% CONTENT_TYPE:TEXT}}"
        subject = try MustacheTemplate(string: plain + source[..<end.lowerBound].dropFirst(prefix.count))
        body = try MustacheTemplate(string: plain + source[end.upperBound...])
    }

    /// A message with the places filled in.
    package func message(
        id: String, kind: String, to recipient: String, _ values: [String: String], headers: [MailHeader] = []
    ) -> MailMessage {
        let text = body.render(values)
        let title = subject.render(values)
        return MailMessage(
            id: id, kind: kind, recipient: recipient, subject: title, text: text,
            html: Self.html(text, title: title), headers: headers)
    }

    static func html(_ text: String, title: String) -> String {
        let paragraphs = text.split(separator: "\n\n").map { paragraph in
            let lines = paragraph.split(separator: "\n").map { escaped(String($0)) }
            let isLink = lines.count == 1 && paragraph.hasPrefix("http") && !paragraph.contains(" ")
            let inner = isLink ? "<a href=\"\(lines[0])\">\(lines[0])</a>" : lines.joined(separator: "<br>\n")
            return "<p>\(inner)</p>"
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title></head>
            <body style="font-family: sans-serif; line-height: 1.5; max-width: 36rem">
            \(paragraphs.joined(separator: "\n"))
            </body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
