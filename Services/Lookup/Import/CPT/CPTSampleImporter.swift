import Foundation

/// Reads the project's one CPT sample (`Resources/cpt-sample.json`), whose two texts the sample page shows. Every other
/// CPT text comes from the operator's own licensed files.
package struct CPTSampleImporter: FileImporter {
    private struct Sample: Decodable {
        struct Text: Decodable {
            let text: String
            let rights: String
        }

        let system: String
        let code: String
        let edition: String
        let official: Text
        let common: Text
    }

    private let file: SourceFile
    private let version: String

    /// - Parameter version: the code-set year that the file must name.
    package init(_ file: SourceFile, version: String) {
        self.file = file
        self.version = version
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        let remedy = "Install the program and its resource folders from the same build"
        let sample: Sample
        do {
            sample = try JSONDecoder().decode(Sample.self, from: Data(file.bytes))
        } catch {
            throw file.refusal("is not a CPT sample", remedy: remedy)
        }
        guard sample.system == CodeSystem.cpt.rawValue, !sample.official.text.isEmpty, !sample.common.text.isEmpty
        else { throw file.refusal("is not a CPT sample", remedy: remedy) }
        guard sample.edition == version else {
            throw file.refusal("is of the code set \(sample.edition), not \(version)", remedy: remedy)
        }
        try sink.add(
            CodeRecord(
                code: sample.code, parent: nil, title: sample.official.text, shortTitle: "", billable: true,
                added: nil, retired: nil))
        for (block, part) in [("official", sample.official), ("common", sample.common)] {
            try sink.add(TextRecord(code: sample.code, block: block, text: part.text, rights: part.rights))
        }
        var report = ImportReport()
        report.rowsRead = 1
        report.rowsKept = 1
        return report
    }
}
