/// Imports one reference file: picks the importer of its layout.
package struct ReferenceImport: Sendable {
    /// The reference that is imported.
    package let source: ReferenceSource

    private let list: SourceList
    private let folder: DataFolder

    /// Names what to make of which file.
    package init(_ source: ReferenceSource, list: SourceList, folder: DataFolder) {
        self.source = source
        self.list = list
        self.folder = folder
    }

    /// What the page `/editions` says of it.
    ///
    /// - Throws: ``FileRefusal`` when the list does not have its file.
    package func record() throws -> ReferenceRecord {
        let file = try file()
        return ReferenceRecord(
            kind: source.kind, sourceName: source.name, file: file.publishedName, edition: source.edition,
            effective: source.effective, end: source.end, sha256: file.sha256, rights: source.rights)
    }

    /// Reads the file into a snapshot under construction.
    ///
    /// - Throws: ``FileRefusal``; what the builder throws.
    package func run(into builder: inout SnapshotBuilder) throws -> ImportReport {
        let file = try file()
        let report: ImportReport
        do {
            report = try builder.addReference(record()) { writer in
                try importer(file).read(into: &writer)
            }
        } catch let error as SnapshotBuildError {
            throw FileRefusal(
                file: file.publishedName, reason: "holds what fits no snapshot: \(error)",
                remedy: "Give the publisher's file unchanged; a new form of rows needs a newer program")
        }
        if let rows = source.rows, report.rowsKept != rows {
            throw FileRefusal(
                file: file.publishedName, reason: "comes to \(report.rowsKept) rows, and the list says \(rows)",
                remedy: "Pull the file again, or correct the number in the list of sources")
        }
        return report
    }

    private func importer(_ file: FileSource) throws -> any ReferenceImporter {
        if let rows = source.layout.rows { return ReferenceTable(try folder.read(file), layout: rows) }
        let span = DaySpan(source.effective, source.end)
        switch source.layout {
        case .hospitalPairs: return HospitalPairsImporter(try folder.stream(file), span: span)
        case .editorTables: return EditorTablesImporter(try folder.stream(file), span: span, part: .spans)
        case .editorAddOns: return EditorTablesImporter(try folder.stream(file), span: span, part: .addOns)
        case .pairs: return PairEditsImporter(try folder.stream(file))
        case .units: return UnitLimitsImporter(try folder.read(file))
        case .addOns: return AddOnEditsImporter(try folder.read(file))
        case .mappings: return GeneralMappingsImporter(try folder.read(file), kind: source.kind)
        default:
            throw FileRefusal(
                file: file.publishedName, reason: "has a layout without an importer",
                remedy: "Use a layout that Import/References/README.md names")
        }
    }

    private func file() throws -> FileSource {
        guard let file = list.file(source.file) else {
            throw FileRefusal(
                file: source.file, reason: "is not in the list of sources", remedy: "Correct the list of sources")
        }
        return file
    }
}

extension DataFolder {
    /// A pulled file whose bytes must be the listed ones, to be read line by line.
    ///
    /// - Throws: ``FileRefusal`` when it is missing or another file than the list pins.
    func stream(_ file: FileSource) throws -> SourceStream {
        let path = path(of: file)
        let stream = SourceStream(at: path, name: file.publishedName)
        let digest: String
        do {
            digest = try FileDigest.sha256(ofFileAt: path)
        } catch {
            throw stream.refusal(
                "cannot be read at \(path)",
                remedy: "Check that the file is there and may be read, or run `codingahead data pull`")
        }
        guard digest == file.sha256 else {
            throw stream.refusal(
                "is not the file that the list of sources pins: its SHA-256 differs",
                remedy: "Run `codingahead data pull` again, or list the new edition in the data folder's sources.json")
        }
        return stream
    }
}
