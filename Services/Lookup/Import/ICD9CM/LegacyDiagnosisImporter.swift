/// Reads the last list of ICD-9-CM diagnoses, version 32 of October 2014 (`CMS32_DESC_LONG_DX.txt`): 1–5 code without dot ·
/// 7– title; ASCII or Latin-1. Every code of it is complete. The list names no headings; codes stand under their chapters.
///
/// ICD-9-CM is not accepted for services from 1 October 2015 on (45 CFR 162.1002), so every code is retired on that day.
package struct LegacyDiagnosisImporter: FileImporter {
    /// The first day of ICD-10-CM.
    private static let successor = 2015_10_01

    /// The chapters of the Tabular List and its two supplementary classifications.
    private static let chapters: [(range: String, title: String)] = [
        ("001-139", "Infectious and parasitic diseases"), ("140-239", "Neoplasms"),
        ("240-279", "Endocrine, nutritional and metabolic diseases, and immunity disorders"),
        ("280-289", "Diseases of the blood and blood-forming organs"), ("290-319", "Mental disorders"),
        ("320-389", "Diseases of the nervous system and sense organs"),
        ("390-459", "Diseases of the circulatory system"), ("460-519", "Diseases of the respiratory system"),
        ("520-579", "Diseases of the digestive system"), ("580-629", "Diseases of the genitourinary system"),
        ("630-679", "Complications of pregnancy, childbirth, and the puerperium"),
        ("680-709", "Diseases of the skin and subcutaneous tissue"),
        ("710-739", "Diseases of the musculoskeletal system and connective tissue"),
        ("740-759", "Congenital anomalies"), ("760-779", "Certain conditions originating in the perinatal period"),
        ("780-799", "Symptoms, signs, and ill-defined conditions"), ("800-999", "Injury and poisoning"),
        ("V01-V91", "Factors influencing health status and contact with health services"),
        ("E000-E999", "External causes of injury and poisoning"),
    ]

    private let file: SourceFile
    private let shortTitles: SourceFile?

    /// Names what to read.
    ///
    /// - Parameter shortTitles: `CMS32_DESC_SHORT_DX.txt`, in the same layout; nil: codes have no short titles.
    package init(_ file: SourceFile, shortTitles: SourceFile?) {
        self.file = file
        self.shortTitles = shortTitles
    }

    package func read(into sink: inout some RecordSink) throws -> ImportReport {
        try file.refuseIfEmpty()
        let short = try shortTitles.map(Self.titles) ?? [:]
        var tally = RowTally()
        var byChapter: [Int: [(code: String, title: String)]] = [:]
        var seen: Set<String> = []
        for (number, line) in TextLines(file.bytes) where !line.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
            tally.read()
            guard let (code, title) = Self.row(line), let chapter = Self.chapter(of: code) else {
                tally.refuseMalformed(line: number, "not an ICD-9-CM diagnosis with its title")
                continue
            }
            guard seen.insert(code).inserted else {
                tally.refuseMalformed(line: number, "\(code) comes a second time")
                continue
            }
            byChapter[chapter, default: []].append((code, title))
            tally.keep()
        }
        let report = try tally.finish(file, what: "ICD-9-CM diagnosis")
        for (place, chapter) in Self.chapters.enumerated() {
            guard let codes = byChapter[place] else { continue }
            try sink.add(
                CodeRecord(code: chapter.range, parent: nil, title: chapter.title, shortTitle: "", billable: false))
            for (code, title) in codes.sorted(by: { $0.code < $1.code }) {
                try sink.add(
                    CodeRecord(
                        code: code, parent: chapter.range, title: title, shortTitle: short[code] ?? "", billable: true,
                        retired: Day(number: Self.successor)))
            }
        }
        return report
    }

    private static func titles(_ file: SourceFile) throws -> [String: String] {
        try file.refuseIfEmpty()
        var titles: [String: String] = [:]
        for (_, line) in TextLines(file.bytes) {
            if let (code, title) = row(line) { titles[code] = title }
        }
        guard !titles.isEmpty else {
            throw file.refusal("holds no ICD-9-CM diagnosis", remedy: "Give the publisher's file unchanged")
        }
        return titles
    }

    private static func row(_ line: ArraySlice<UInt8>) -> (code: String, title: String)? {
        let title = LegacyText.folded(line.dropFirst(6))
        let key = LegacyText.folded(line.prefix(5))
        guard !title.isEmpty, key.utf8.allSatisfy({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }),
            let code = CodeForm.canonical(key, in: .icd9cm)
        else { return nil }
        return (code, title)
    }

    private static func chapter(of code: String) -> Int? {
        chapters.firstIndex { chapter in
            let ends = chapter.range.split(separator: "-")
            guard ends.count == 2, ends[0].utf8.first.map(isDigit) == code.utf8.first.map(isDigit) else { return false }
            let category = code.prefix(ends[0].utf8.count)
            return category.utf8.count == ends[0].utf8.count && category >= ends[0] && category <= ends[1]
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
