/// Reads the descriptor files of one AMA delivery. LONGULT, MEDU and SHORTU must list the same codes, else the delivery is
/// refused: one of the files is of another edition or was cut. Consumer descriptors become the common language
/// description, clinician descriptors the clinical context, CPT Link's history the history.
package struct CPTDeliveryImporter: FileImporter {
    private let delivery: CPTDelivery
    private let rights: String

    /// - Parameter rights: the AMA's notice, which goes with every text.
    package init(_ delivery: CPTDelivery, rights: String) {
        self.delivery = delivery
        self.rights = rights
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        let long = try CPTDescriptors(delivery.long, .tabbed)
        let medium = try CPTDescriptors(delivery.medium, .fixed(width: 48))
        let short = try CPTDescriptors(delivery.short, .fixed(width: 28))
        try compare(long, delivery.long, medium, delivery.medium)
        try compare(long, delivery.long, short, delivery.short)
        var bySection: [String: [String]] = [:]
        for code in long.codes {
            guard let section = CPTSection.of(code) else {
                throw delivery.long.refusal("lists \(code), which is in no section of CPT", remedy: CPTDelivery.remedy)
            }
            bySection[section.code, default: []].append(code)
        }
        for section in CPTSection.all {
            guard let codes = bySection[section.code] else { continue }
            try sink.add(section.record)
            for code in codes.sorted() {
                try sink.add(
                    CodeRecord(
                        code: code, parent: section.code, title: long.texts[code] ?? "",
                        shortTitle: short.texts[code] ?? "", billable: true, added: nil, retired: nil))
                if let text = medium.texts[code] {
                    try sink.add(FactRecord(code: code, name: "Medium description", value: text, meaning: ""))
                }
            }
        }
        var report = ImportReport()
        report.rowsRead = long.codes.count
        report.rowsKept = long.codes.count
        let codes = Set(long.codes)
        try addTexts(delivery.consumer, block: .common, textColumn: 2, codes, &report, to: &sink)
        try addTexts(delivery.clinician, block: .clinical, textColumn: 3, codes, &report, to: &sink)
        if let history = delivery.history {
            try CPTHistoryFile(history).handOn(codes, rights: rights, &report, to: &sink)
        }
        return report
    }

    /// Counts and codes of the three files must agree.
    private func compare(
        _ one: CPTDescriptors, _ oneFile: SourceFile, _ other: CPTDescriptors, _ otherFile: SourceFile
    ) throws {
        let (first, second) = (Set(one.codes), Set(other.codes))
        guard first != second else { return }
        let odd = first.symmetricDifference(second)
        let example = odd.min() ?? ""
        let missing = first.contains(example) ? otherFile.name : oneFile.name
        throw otherFile.refusal(
            "lists \(second.count) codes and \(oneFile.name) \(first.count); \(odd.count) are not in both, the first of "
                + "them \(example), which \(missing) lacks", remedy: CPTDelivery.remedy)
    }

    /// Rows of concept id, code, (descriptor id,) text behind a header.
    private func addTexts(
        _ file: SourceFile?, block: BlockKind, textColumn: Int, _ codes: Set<String>, _ report: inout ImportReport,
        to sink: inout some RecordSink
    ) throws {
        guard let file else { return }
        try file.refuseIfEmpty()
        var isHeader = true
        for (number, line) in TextLines(file.bytes) {
            if line.allSatisfy({ $0 <= UInt8(ascii: " ") }) { continue }
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            let code = fields.count > 1 ? LegacyText.folded(fields[1]) : ""
            guard fields.count == textColumn + 1, CodeForm.canonical(code, in: .cpt) == code else {
                // A © preamble and the header come first.
                if isHeader { continue }
                throw file.refusal(
                    "holds a row that is not of \(textColumn + 1) columns with a code", line: number,
                    remedy: CPTDelivery.remedy)
            }
            isHeader = false
            report.rowsRead += 1
            let text = LegacyText.folded(fields[textColumn])
            guard codes.contains(code), !text.isEmpty else {
                report.refuse(line: number, text.isEmpty ? "\(code) without a text" : "\(code) is not in LONGULT")
                continue
            }
            try sink.add(TextRecord(code: code, block: block.rawValue, text: text, rights: rights))
            report.rowsKept += 1
        }
        guard !isHeader else { throw file.refusal("holds no descriptor", remedy: CPTDelivery.remedy) }
    }
}
