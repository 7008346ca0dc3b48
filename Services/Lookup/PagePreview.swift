import Logging
import Storage

/// Code pages as plain text, with every block open, read from the published snapshot: for operators and editors at a
/// terminal. Needs no running service.
package struct PagePreview: Sendable {
    private let catalogue: Catalogue
    private let reader: SnapshotReader<SnapshotContents>

    /// - Parameters:
    ///   - dataFolder: the folder of all programs' data.
    ///   - today: what pages without a day are measured by.
    /// - Throws: `FileRefusal` when the program was installed without its resources.
    package init(dataFolder: String, today: Day) throws {
        reader = SnapshotStore(dataFolder: dataFolder).reader(logger: Logger(label: "preview"))
        catalogue = Catalogue(
            reader, axisNames: ProcedureAxisNames(try ProcedureHeadings.bundled()), today: { today })
        reader.refresh()
    }

    /// The page of a code.
    ///
    /// - Parameter day: YYYY-MM-DD; empty: the latest edition.
    /// - Throws: what says why there is no such page.
    package func text(of code: String, in system: String, on day: String) throws -> String {
        let (page, _) = try catalogue.page(of: code, in: system, on: day, open: BlockKind.allCases.map(\.rawValue))
        let edition = page.source.edition
        var lines = [
            "\(page.listing.code)  \(page.listing.title)",
            "\(page.listing.billable ? "billable" : "heading"), \(page.status.rawValue); \(edition.sourceName), "
                + "\(edition.edition), from \(edition.effective)",
        ]
        if !page.notice.isEmpty { lines.append("! " + page.notice) }
        if !page.parents.isEmpty {
            lines.append("in " + page.parents.map { "\($0.code) \($0.title)" }.joined(separator: " > "))
        }
        for block in page.blocks {
            lines.append("[\(block.kind.rawValue)]" + (block.state == .open ? "" : " \(block.state.rawValue)"))
            lines += block.paragraphs.map(Self.line)
        }
        return lines.joined(separator: "\n")
    }

    /// Codes of a system, spread evenly over it.
    ///
    /// - Parameters:
    ///   - count: how many, at most 1 000.
    ///   - start: another number gives other codes.
    /// - Throws: `LookupError`; `SnapshotError`.
    package func sample(of system: String, count: Int, start: Int) throws -> [String] {
        let system = try Catalogue.system(system)
        return try reader.read { connection, contents in
            let store = CodeStore(connection, contents)
            var codes: [String] = []
            try store.codes(of: system, from: "", to: "~") { _, key in
                codes.append(key)
                return true
            }
            let step = max(1, codes.count / min(max(count, 1), 1_000))
            return stride(from: start % step, to: codes.count, by: step).map { codes[$0] }
        }
    }

    private static func line(_ paragraph: PageParagraph) -> String {
        var line = "  " + (paragraph.label.isEmpty ? "" : paragraph.label + ": ") + paragraph.text
        if !paragraph.inheritedFrom.isEmpty { line += "  [at \(paragraph.inheritedFrom)]" }
        if let source = paragraph.source { line += "  {\(source.edition.sourceName), \(source.edition.edition)}" }
        return line
    }
}
