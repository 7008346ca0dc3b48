/// Makes one edition of the pulled files: picks the importer of its layout and what it reads along.
package struct EditionImport {
    /// The edition that is made.
    package let edition: EditionSource

    private let list: SourceList
    private let folder: DataFolder
    private let shared: SharedTables

    /// Names what to make of which files.
    ///
    /// - Parameter shared: what the editions of one import read together.
    package init(_ edition: EditionSource, list: SourceList, folder: DataFolder, shared: SharedTables) {
        self.edition = edition
        self.list = list
        self.folder = folder
        self.shared = shared
    }

    /// What the page `/editions` says of it.
    ///
    /// - Throws: ``FileRefusal`` when the list does not have its file.
    package func record() throws -> EditionRecord {
        let file = try source(edition.file)
        return EditionRecord(
            system: edition.system, sourceName: edition.name, file: file.publishedName, edition: edition.edition,
            effective: edition.effective, end: edition.end, sha256: file.sha256, rights: edition.rights,
            coverage: edition.coverage ?? .full, carriesLongTitles: edition.carriesLongTitles ?? false,
            isLicensed: edition.licensed ?? false)
    }

    /// Reads the edition's files and hands the records on.
    ///
    /// - Throws: ``FileRefusal``; what `sink` throws.
    package func run(into sink: inout some RecordSink) throws -> ImportReport {
        let file = try folder.read(source(edition.file))
        var counted = CountingSink(sink)
        let report: ImportReport
        do {
            report = try read(file, into: &counted)
        } catch let error as SnapshotBuildError {
            throw file.refusal(
                "holds what fits no snapshot: \(error)",
                remedy: "Give the publisher's file unchanged; a new form of codes needs a newer program")
        }
        sink = counted.sink
        if let expected = edition.billableCodes, counted.billableCodes != expected {
            throw file.refusal(
                "comes to \(counted.billableCodes) billable codes, and the edition has \(expected)",
                remedy: "Pull the file again, or correct the number in the list of sources")
        }
        return report
    }

    private func read(_ file: SourceFile, into sink: inout some RecordSink) throws -> ImportReport {
        let companions = edition.companions
        let term = HCPCSTerm(effective: edition.effective, end: edition.end)
        let content: HCPCSContent = edition.system == .hcpcsModifier ? .modifiers : .codes
        switch edition.layout {
        case .icd10cmTabular:
            let codes = try companions?.codeList.map { try DiagnosisCodeList(folder.read(source($0))) }
            return try TabularImporter(
                file, version: edition.version ?? "", checkedAgainst: codes, shortTitles: shortTitles()
            ).read(into: &sink)
        case .icd10cmList:
            return try DiagnosisListImporter(file, headings: headings(), shortTitles: shortTitles()).read(into: &sink)
        case .ioceDiagnoses:
            return try OutpatientDiagnosisImporter(
                file, shared.diagnoses(file), content: .codes(headings()), effective: edition.effective,
                end: edition.end
            ).read(into: &sink)
        case .ioceDiagnosisEdits:
            let table = try shared.outpatient(folder.read(source(companions?.edits ?? "")))
            return try OutpatientDiagnosisImporter(
                file, shared.diagnoses(file), content: .indicators(table, .bundled()), effective: edition.effective,
                end: edition.end
            ).read(into: &sink)
        case .hcpcsFixedWidth:
            return try HCPCSFixedWidthImporter(
                file, content: content, term: term, notes: processingNotes(), table: .bundled()
            ).read(into: &sink)
        case .hcpcsExport:
            return try HCPCSExportImporter(
                file, content: content, term: term, notes: processingNotes(), table: .bundled()
            ).read(into: &sink)
        case .ioce:
            return try OutpatientCodeListImporter(
                file, rows: shared.outpatient(file), content: content, term: term, isFirst: isFirstOfItsFile,
                table: .bundled(), flags: .bundled()
            ).read(into: &sink)
        case .icd10pcsList:
            let labels = try companion(companions?.labels).map { try ProcedureLabels($0) }
            return try ProcedureListImporter(file, headings: .bundled(), labels: labels).read(into: &sink)
        case .icd9cmList:
            return try LegacyDiagnosisImporter(file, shortTitles: companion(companions?.short)).read(into: &sink)
        case .cptSample:
            return try CPTSampleImporter(file, version: edition.version ?? "").read(into: &sink)
        case .cptDelivery: return try delivery(file).read(into: &sink)
        case .cptModifiers: return try CPTModifierImporter(file).read(into: &sink)
        case .cptPLA: return try CPTPLAImporter(file).read(into: &sink)
        case .icd10cmIndex, .icd10cmNeoplasms, .icd10cmDrugs, .icd10cmExternalCauses, .hcpcsIndex, .hcpcsDrugs,
            .productNames:
            return try vocabulary(file).read(into: &sink)
        }
    }

    /// The importer of a file that only adds words under which codes are found.
    private func vocabulary(_ file: SourceFile) -> any FileImporter {
        let version = edition.version ?? ""
        return switch edition.layout {
        case .icd10cmIndex: AlphabeticIndexImporter(file)
        case .icd10cmNeoplasms: IndexTableImporter(file, table: .neoplasms, version: version)
        case .icd10cmDrugs: IndexTableImporter(file, table: .drugs, version: version)
        case .icd10cmExternalCauses: IndexTableImporter(file, table: .externalCauses, version: version)
        case .hcpcsIndex: HCPCSIndexImporter(file, kind: .index)
        case .hcpcsDrugs: HCPCSIndexImporter(file, kind: .drug)
        default: ProductNameImporter(file)
        }
    }

    private func delivery(_ file: SourceFile) throws -> CPTDeliveryImporter {
        let companions = edition.companions
        return try CPTDeliveryImporter(
            CPTDelivery(
                long: file, medium: folder.read(source(companions?.medium ?? "")),
                short: folder.read(source(companions?.short ?? "")), consumer: companion(companions?.consumer),
                clinician: companion(companions?.clinician), history: companion(companions?.history)),
            rights: edition.rights)
    }

    private func processingNotes() throws -> HCPCSProcessingNotes {
        guard let file = try companion(edition.companions?.processingNotes) else { return HCPCSProcessingNotes() }
        return try HCPCSProcessingNotes(file)
    }

    /// No edition of the same file and layout that is imported takes effect before it.
    private var isFirstOfItsFile: Bool {
        !list.editions(of: folder.present(list)).contains {
            $0.file == edition.file && $0.layout == edition.layout && $0.system == edition.system
                && $0.effective < edition.effective
        }
    }

    private func headings() throws -> DiagnosisHeadings {
        let id = edition.companions?.headings ?? ""
        let version = list.editions.first { $0.file == id && $0.layout == .icd10cmTabular }?.version ?? ""
        return try shared.headings(folder.read(source(id)), version: version)
    }

    private func shortTitles() throws -> [String: String] {
        guard let file = try companion(edition.companions?.shortTitles) else { return [:] }
        return try shared.diagnoses(file).shortTitles(on: edition.effective)
    }

    /// A file that the edition does without when it is not there.
    private func companion(_ id: String?) throws -> SourceFile? {
        guard let id, folder.present(list).contains(id) else { return nil }
        return try folder.read(source(id))
    }

    private func source(_ id: String) throws -> FileSource {
        guard let file = list.file(id) else {
            throw FileRefusal(
                file: id, reason: "is not in the list of sources", remedy: "Correct the list of sources")
        }
        return file
    }
}
