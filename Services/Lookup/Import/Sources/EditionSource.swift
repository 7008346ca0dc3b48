/// An edition of the sources list: the code set that a file gives, and when it applies.
package struct EditionSource: Sendable, Equatable, Decodable {
    /// The importer that reads it.
    package enum Layout: String, Sendable, Decodable {
        case icd10cmTabular = "icd10cm-tabular"
        case icd10cmList = "icd10cm-list"
        /// Diagnoses of the Outpatient Code Editor as codes.
        case ioceDiagnoses = "ioce-diagnoses"
        /// What the Outpatient Code Editor checks about diagnoses that other editions list.
        case ioceDiagnosisEdits = "ioce-diagnosis-edits"
        case hcpcsFixedWidth = "hcpcs-fixed-width"
        case hcpcsExport = "hcpcs-export"
        case ioce
        case icd10pcsList = "icd10pcs-list"
        /// Diagnoses of ICD-9-CM, version 32.
        case icd9cmList = "icd9cm-list"
        case cptSample = "cpt-sample"
        case icd10cmIndex = "icd10cm-index"
        case icd10cmNeoplasms = "icd10cm-neoplasms"
        case icd10cmDrugs = "icd10cm-drugs"
        case icd10cmExternalCauses = "icd10cm-external-causes"
        case hcpcsIndex = "hcpcs-index"
        case hcpcsDrugs = "hcpcs-drugs"
        case productNames = "product-names"
        /// The descriptor files of the AMA delivery; the edition's file is LONGULT.
        case cptDelivery = "cpt-delivery"
        case cptModifiers = "cpt-modifiers"
        /// Proprietary laboratory analyses, a quarterly addition.
        case cptPLA = "cpt-pla"
    }

    /// Files that are read along with the edition's own, by what they are to it; the values are ids of files.
    package struct Companions: Sendable, Equatable, Decodable {
        /// Codes that the expansion of 7th characters is checked against. The edition waits for it.
        package let codeList: String?
        /// The Tabular List that chapters, sections and headings come from. The edition waits for it.
        package let headings: String?
        /// The tables of the Outpatient Code Editor that name its edits. The edition waits for it.
        package let edits: String?
        /// The diagnoses of the Outpatient Code Editor, for official short titles. The edition does without it.
        package let shortTitles: String?
        /// Of an AMA delivery: MEDU and SHORTU, which the edition waits for; consumer and clinician descriptors and the
        /// history of CPT Link, which it does without.
        package let medium: String?
        package let short: String?
        package let consumer: String?
        package let clinician: String?
        package let history: String?
        /// Texts of HCPCS processing notes. The edition does without it.
        package let processingNotes: String?
        /// Labels of ICD-10-PCS axes. The edition does without it.
        package let labels: String?
    }

    package private(set) var id: String
    package let system: CodeSystem
    package let layout: Layout
    package let name: String
    package private(set) var edition: String
    /// What the file says of its own edition, for layouts that do.
    package let version: String?
    package private(set) var effective: Day
    package private(set) var end: Day?
    /// Id of the file.
    package let file: String
    package let companions: Companions?
    /// Ids of files that must be there too.
    package let requires: [String]?
    /// Ids of files that must not be there: the edition stands in for them.
    package let unless: [String]?
    package let rights: String
    /// What loading it adds, in a sentence.
    package let adds: String
    /// How many billable codes it must come to.
    package let billableCodes: Int?
    /// How much of the set it lists; left out: all of it.
    package let coverage: EditionCoverage?
    /// Its file has only short titles, and long ones are carried from editions before it in the list.
    package let carriesLongTitles: Bool?
    /// Its texts may be shown only under a licence; left out: they are free.
    package let licensed: Bool?
    /// Stands for one edition a quarter from its first day to its last, each named after the quarter ("2026 Q2").
    package let quarterly: Bool?

    /// Every file that must be there before it can be imported.
    package var neededFiles: [String] {
        let companions = [
            companions?.codeList, companions?.headings, companions?.edits, companions?.medium, companions?.short,
        ]
        return [file] + (requires ?? []) + companions.compactMap { $0 }
    }

    /// The editions that the entry stands for: itself, or one a quarter.
    var expanded: [EditionSource] {
        guard quarterly == true, let end else { return [self] }
        var editions: [EditionSource] = []
        var year = Int(effective.number) / 10_000
        var month = Int(effective.number) / 100 % 100
        while let first = Day(number: year * 10_000 + month * 100 + 1), first <= end {
            let isLast = month > 9
            let last = Day(number: isLast ? (year + 1) * 10_000 + 101 : year * 10_000 + (month + 3) * 100 + 1)
            var edition = self
            edition.id = "\(id)-\(year)-q\((month + 2) / 3)"
            edition.edition = "\(year) Q\((month + 2) / 3)"
            edition.effective = first
            edition.end = last?.previous
            editions.append(edition)
            year = isLast ? year + 1 : year
            month = isLast ? 1 : month + 3
        }
        return editions
    }
}
