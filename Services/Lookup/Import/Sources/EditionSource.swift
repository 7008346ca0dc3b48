/// An edition of the sources list: the code set that a file gives, and when it applies.
package struct EditionSource: Sendable, Equatable, Decodable {
    /// The importer that reads it.
    package enum Layout: String, Sendable, Decodable {
        case icd10cmTabular = "icd10cm-tabular"
        case hcpcsFixedWidth = "hcpcs-fixed-width"
        case hcpcsExport = "hcpcs-export"
        case ioce
        case icd10pcsList = "icd10pcs-list"
        case cptSample = "cpt-sample"
        case icd10cmIndex = "icd10cm-index"
        case icd10cmNeoplasms = "icd10cm-neoplasms"
        case icd10cmDrugs = "icd10cm-drugs"
        case icd10cmExternalCauses = "icd10cm-external-causes"
        case hcpcsIndex = "hcpcs-index"
        case hcpcsDrugs = "hcpcs-drugs"
        case productNames = "product-names"
    }

    /// Files that are read along with the edition's own, by what they are to it; the values are ids of files.
    package struct Companions: Sendable, Equatable, Decodable {
        /// Codes that the expansion of 7th characters is checked against. The edition waits for it.
        package let codeList: String?
        /// The HCPCS export of the same day, whose codes are not listed again. The edition waits for it.
        package let beyond: String?
        /// The HCPCS export of the same day, to whose codes indicators are added. The edition waits for it.
        package let about: String?
        /// Texts of HCPCS processing notes. The edition does without it.
        package let processingNotes: String?
        /// Labels of ICD-10-PCS axes. The edition does without it.
        package let labels: String?
    }

    package let id: String
    package let system: CodeSystem
    package let layout: Layout
    package let name: String
    package let edition: String
    /// What the file says of its own edition, for layouts that do.
    package let version: String?
    package let effective: Day
    package let end: Day?
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

    /// Every file that must be there before it can be imported.
    package var neededFiles: [String] {
        let companions = [companions?.codeList, companions?.beyond, companions?.about]
        return [file] + (requires ?? []) + companions.compactMap { $0 }
    }
}
