import Foundation
import FoundationXML

/// Walks the XML of an index or table and gathers its rows. One object reads one file.
final class IndexTableParser: NSObject, XMLParserDelegate {
    /// A term with all that stands above it.
    struct Row {
        var line: Int
        var path: [String]
        var text: String { path.joined(separator: ", ") }
        /// The nonessential modifiers of the whole path.
        var modifiers: String
        var code = ""
        var cells: [(column: Int, text: String)] = []
    }

    /// A term that is open.
    private struct Term {
        var line: Int
        var title = ""
        var modifiers = ""
        var code = ""
        var cells: [(column: Int, text: String)] = []
        /// Rows of terms inside it may come before its own is known to be complete: where its row goes.
        var row: Int
    }

    /// The official files go down to level 9.
    private static let deepest = 40

    private let file: SourceFile
    private let version: String
    private let xml: XMLParser
    private var rows: [Row?] = []
    private var open: [Term] = []
    private var elements: [String] = []
    private var text = ""
    private var column = 0
    private var isVersionSeen = false
    private var failure: (any Error)?

    init(_ file: SourceFile, version: String) {
        self.file = file
        self.version = version
        xml = XMLParser(data: Data(file.bytes))
    }

    /// The rows in the order of the file.
    func parse() throws -> [Row] {
        xml.delegate = self
        xml.shouldResolveExternalEntities = false
        let isWhole = xml.parse()
        if let failure { throw failure }
        guard isWhole, isVersionSeen, open.isEmpty else {
            throw file.refusal(
                "is not a whole index file of ICD-10-CM: it breaks off or is malformed", line: xml.lineNumber,
                remedy: "Download or pull the file again")
        }
        return rows.compactMap { $0 }
    }

    private func fail(_ reason: String, remedy: String) {
        failure = file.refusal(reason, line: xml.lineNumber, remedy: remedy)
        xml.abortParsing()
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        if elements.isEmpty, name != "ICD10CM.index" {
            return fail("is no index file of ICD-10-CM", remedy: "Give the publisher's XML")
        }
        elements.append(name)
        switch name {
        case "mainTerm", "term":
            guard open.count < Self.deepest else {
                return fail("nests its terms too deep", remedy: "Give the publisher's XML")
            }
            open.append(Term(line: parser.lineNumber, row: rows.count))
            rows.append(nil)
        case "cell": column = attributes["col"].flatMap { Int($0) } ?? 0
        case "title", "code", "version": break
        case "nemod":
            // A modifier stands inside the title, which goes on behind it.
            if elements.dropLast().last == "title", !open.isEmpty { open[open.count - 1].title += text + " " }
        default: break
        }
        text = ""
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        defer {
            elements.removeLast()
            text = ""
        }
        if name == "version" {
            guard text.filter({ !$0.isWhitespace }) == version else {
                return fail(
                    "is of the edition \(text.prefix(20)), not \(version)", remedy: "Give the file of \(version)")
            }
            isVersionSeen = true
        }
        guard !open.isEmpty else { return }
        switch name {
        case "title": open[open.count - 1].title += text
        case "nemod": open[open.count - 1].modifiers += text + " "
        case "code": open[open.count - 1].code = text
        case "cell": open[open.count - 1].cells.append((column, text))
        case "mainTerm", "term":
            let term = open[open.count - 1]
            rows[term.row] = Row(
                line: term.line, path: open.map { Self.squeezed($0.title) },
                modifiers: Self.squeezed(open.map(\.modifiers).joined(separator: " ")), code: term.code,
                cells: term.cells)
            open.removeLast()
        default: break
        }
    }

    private static func squeezed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
