/// Reads the names of products from the ASP NDC-HCPCS crosswalk of CMS: a notice, a line of headers that begins with
/// `_2026_CODE` (the year changes), then a row a package: HCPCS code, short description, labeler, NDC, name of the drug …
package struct ProductNameImporter: FileImporter {
    private let file: SourceFile

    /// - Parameter file: the table as CSV, unpacked.
    package init(_ file: SourceFile) { self.file = file }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        var terms = TermSink(.hcpcs)
        var nameColumn: Int?
        var seen: Set<String> = []
        var records = CSVRecords(file.bytes)
        while let record = records.next() {
            guard let column = nameColumn else {
                if record.fields.first?.hasSuffix("_CODE") == true {
                    nameColumn = record.fields.firstIndex { $0.lowercased() == "drug name" }
                }
                continue
            }
            guard record.fields.count > column else { continue }
            let code = record.fields[0]
            let name = record.fields[column].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // A package a row: the name of a drug comes many times.
            if name.isEmpty || !seen.insert(code + "\t" + name).inserted { continue }
            // CPT codes of vaccines are among them: their names come with the operator's own files.
            guard code.first?.isLetter == true else { continue }
            try terms.add(.brand, name, at: code, line: record.line, into: &sink)
        }
        return try terms.tally.finish(file, what: "row of the NDC-HCPCS crosswalk")
    }
}
