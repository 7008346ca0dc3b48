import Foundation
import FoundationXML

/// Walks the Tabular List's XML once and hands each record to the sink as soon as it is known whether anything stands
/// below it. One object reads one file.
final class TabularParser<Sink: RecordSink>: NSObject, XMLParserDelegate {
    /// The sink that was passed in, with what this parser added.
    private(set) var sink: Sink

    private let file: SourceFile
    private let version: String
    private let list: DiagnosisCodeList?
    private let shortTitles: [String: String]
    private let xml: XMLParser

    private var report = ImportReport()
    private var failure: (any Error)?
    private var open: [TabularNode] = []
    private var sections: [(range: SectionRange, code: String)] = []
    private var noteKind: NoteRecord.Kind?
    private var extensionCharacter: Character?
    private var text = ""
    private var produced: Set<String> = []
    private var isVersionSeen = false
    private var isRootSeen = false
    private var vision = VisualImpairmentTable()

    init(
        _ file: SourceFile, version: String, list: DiagnosisCodeList?, shortTitles: [String: String], sink: Sink
    ) {
        self.file = file
        self.version = version
        self.list = list
        self.shortTitles = shortTitles
        self.sink = sink
        xml = XMLParser(data: Data(file.bytes))
    }

    /// Reads the file to its end.
    func parse() throws -> ImportReport {
        xml.delegate = self
        xml.shouldResolveExternalEntities = false
        let isWhole = xml.parse()
        if let failure { throw failure }
        guard isWhole, isRootSeen, isVersionSeen, open.isEmpty else {
            throw file.refusal(
                "is not a whole ICD-10-CM tabular XML file: it breaks off or is malformed", line: xml.lineNumber,
                remedy: "Download or pull the file again")
        }
        guard !produced.isEmpty else {
            throw file.refusal("holds no code", remedy: "Give the tabular XML, not the index")
        }
        try compareWithList()
        return report
    }

    /// Every code of the list must have come up; the other direction was checked code by code.
    private func compareWithList() throws {
        guard let list else { return }
        let missing = list.billable.subtracting(produced)
        guard let first = missing.min() else { return }
        throw file.refusal(
            "lacks \(missing.count) of the \(list.billable.count) codes of the code list, the first of them \(first)",
            remedy: "Give the tabular XML and the code list of the same edition")
    }

    // MARK: XMLParserDelegate

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        text = ""
        attempt {
            switch element {
            case "ICD10CM.tabular": isRootSeen = true
            case "chapter": push(TabularNode(kind: .chapter, line: parser.lineNumber))
            case "section": try openSection(id: attributes["id"] ?? "")
            case "diag": try openDiagnosis()
            case "extension": extensionCharacter = attributes["char"].flatMap { $0.count == 1 ? $0.first : nil }
            case "sevenChrDef":
                noteKind = .seventhCharacter
                if !open.isEmpty { open[open.count - 1].seventhCharacters = [] }
            default:
                if let kind = TabularNoteElement.kinds[element] { noteKind = kind }
                vision.start(element)
            }
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
        _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
        attempt {
            let content = LegacyText.fold(text)
            text = ""
            switch element {
            case "version": try checkVersion(content)
            case "name": setCode(content)
            case "desc": setTitle(content)
            case "note": addNote(content)
            case "extension": try addSeventhCharacter(content)
            case "chapter", "section", "diag": try closeNode()
            case "visualImpairment":
                for line in vision.take() { append(.notes, line) }
            default:
                if TabularNoteElement.kinds[element] != nil { noteKind = nil }
                vision.end(element, content)
            }
        }
    }

    // MARK: What the elements mean

    private func attempt(_ step: () throws -> Void) {
        guard failure == nil else { return }
        do {
            try step()
        } catch {
            failure = error
            xml.abortParsing()
        }
    }

    private func checkVersion(_ found: String) throws {
        guard found == version else {
            throw file.refusal(
                "is the edition \(found), not \(version)", line: xml.lineNumber,
                remedy: "Give the file of the edition, or list this one as a source of its own")
        }
        isVersionSeen = true
    }

    private func push(_ node: TabularNode) {
        report.rowsRead += 1
        open.append(node)
    }

    private func openSection(id: String) throws {
        guard open.count == 1, let range = SectionRange(id: id) else {
            throw malformed("a section with the id \"\(id)\" outside a chapter or without a range")
        }
        try handOn(0, isHeading: true)
        while let above = sections.last, !above.range.holds(range) { sections.removeLast() }
        push(TabularNode(kind: .section, code: range.code, line: xml.lineNumber))
        sections.append((range, range.code))
    }

    private func openDiagnosis() throws {
        guard open.count >= 2 else { throw malformed("a diag element outside a section") }
        try handOn(open.count - 1, isHeading: true)
        push(
            TabularNode(
                kind: .diagnosis, line: xml.lineNumber, inherited: open[open.count - 1].seventhCharacters))
    }

    private func setCode(_ content: String) {
        guard let top = open.last, top.kind != .section, !top.isHandedOn else { return }
        open[open.count - 1].code = content
    }

    private func setTitle(_ content: String) {
        guard !open.isEmpty else { return }
        var title = content
        if open[open.count - 1].kind == .section, title.hasSuffix(")"), let start = title.lastIndex(of: "(") {
            // The range is the section's code already.
            title = LegacyText.fold(String(title[..<start]))
        }
        open[open.count - 1].title = title
    }

    private func addNote(_ content: String) {
        guard let noteKind, !content.isEmpty, !open.isEmpty else { return }
        if noteKind == .seventhCharacter, let last = open[open.count - 1].seventhCharacters.last {
            append(.seventhCharacter, content, label: String(last.character))
        } else {
            append(noteKind, content)
        }
    }

    private func addSeventhCharacter(_ content: String) throws {
        guard let character = extensionCharacter, !content.isEmpty, !open.isEmpty else {
            throw malformed("a 7th character without its character or its text")
        }
        open[open.count - 1].seventhCharacters.append(SeventhCharacter(character: character, text: content))
        append(.seventhCharacter, content, label: String(character))
        extensionCharacter = nil
    }

    private func append(_ kind: NoteRecord.Kind, _ content: String, label: String = "") {
        guard !open.isEmpty else { return }
        open[open.count - 1].notes.append((kind, label, content))
    }

    private func closeNode() throws {
        guard let node = open.last else { throw malformed("an element that closes nothing") }
        let isLeaf = node.kind == .diagnosis && !node.isHandedOn
        let isExpanded = isLeaf && !node.seventhCharacters.isEmpty && node.code.filter { $0 != "." }.count < 7
        try handOn(open.count - 1, isHeading: !isLeaf || isExpanded)
        if isExpanded { try expand(open[open.count - 1]) }
        open.removeLast()
        if node.kind == .chapter { sections.removeAll() }
    }

    /// Hands a node's record and its notes to the sink, once.
    private func handOn(_ index: Int, isHeading: Bool) throws {
        let node = open[index]
        guard !node.isHandedOn else { return }
        guard !node.code.isEmpty, !node.title.isEmpty else {
            throw malformed("an element without a name or a title", line: node.line)
        }
        if !isHeading { try check(node.code, line: node.line) }
        try sink.add(
            CodeRecord(
                code: node.code, parent: parent(of: index), title: node.title,
                shortTitle: isHeading ? "" : shortTitles[CodeForm.key(node.code)] ?? "", billable: !isHeading,
                added: nil, retired: nil))
        report.rowsKept += 1
        for note in node.notes {
            try sink.add(NoteRecord(code: node.code, kind: note.kind, label: note.label, text: note.text))
        }
        open[index].isHandedOn = true
    }

    private func parent(of index: Int) -> String? {
        switch open[index].kind {
        case .chapter: nil
        case .section: sections.dropLast().last?.code ?? open[0].code
        case .diagnosis: open[index - 1].code
        }
    }

    private func check(_ code: String, line: Int) throws {
        let plain = code.filter { $0 != "." }
        guard produced.insert(plain).inserted else { throw malformed("the code \(code) a second time", line: line) }
        guard let list, !list.billable.contains(plain) else { return }
        throw file.refusal(
            "has the code \(code), which the code list has not", line: line,
            remedy: "Give the tabular XML and the code list of the same edition")
    }

    private func expand(_ node: TabularNode) throws {
        for seventh in node.seventhCharacters {
            guard let code = seventh.extending(node.code) else { continue }
            report.rowsRead += 1
            let plain = code.filter { $0 != "." }
            if let list, !list.billable.contains(plain) {
                report.refuse(
                    line: node.line,
                    "\(code): the 7th character \(seventh.character) is not valid here by the code list")
                continue
            }
            guard produced.insert(plain).inserted else {
                throw malformed("the code \(code) a second time", line: node.line)
            }
            try sink.add(
                CodeRecord(
                    code: code, parent: node.code, title: node.title + ", " + seventh.text,
                    shortTitle: shortTitles[plain] ?? "", billable: true, added: nil, retired: nil))
            report.rowsKept += 1
        }
    }

    private func malformed(_ what: String, line: Int? = nil) -> FileRefusal {
        file.refusal(
            "holds \(what)", line: line ?? xml.lineNumber,
            remedy: "Give the publisher's tabular XML unchanged, or pull it again")
    }
}
