/// A reference file of the sources list: what it is about and when it applies.
package struct ReferenceSource: Sendable, Equatable, Decodable {
    /// The importer that reads it.
    package enum Layout: String, Sendable, Decodable {
        /// What `read_source.py ncci` makes.
        case hospitalPairs = "ioce-ncci"
        /// What `read_source.py edits` makes.
        case editorTables = "ioce-edits"
        /// What `read_source.py edits` makes, of it the add-on codes.
        case editorAddOns = "ioce-add-on"
        /// NCCI procedure-to-procedure edits as CMS publishes them: tab-separated, six header lines.
        case pairs = "ncci-ptp"
        /// Medically Unlikely Edits as CMS publishes them: CSV.
        case units = "ncci-mue"
        /// Add-on code edits of CMS: the workbook saved as tab-separated text or CSV.
        case addOns = "ncci-add-on"
        /// General Equivalence Mappings as CSV with named columns.
        case mappings = "gem-csv"
        /// CSV files of CMS with named columns; see `RowLayout`.
        case relativeValues = "pprrvu"
        case practiceCosts = "gpci"
        case localities
        case anesthesiaFactors = "anesthesia"
        case equipmentFees = "dmepos"
        case ruralZIPs = "rural-zip"
        case drugLimits = "asp"
        case laboratoryFees = "clfs"
        case drugCodes = "asp-ndc"
        case coverageDocuments = "coverage-index"

        /// How rows of a CSV file with named columns are read; nil for other layouts.
        var rows: RowLayout? {
            switch self {
            case .relativeValues: .relativeValues
            case .practiceCosts: .practiceCosts
            case .localities: .localities
            case .anesthesiaFactors: .anesthesiaFactors
            case .equipmentFees: .equipmentFees
            case .ruralZIPs: .ruralZIPs
            case .drugLimits: .drugLimits
            case .laboratoryFees: .laboratoryFees
            case .drugCodes: .drugCodes
            case .coverageDocuments: .coverageDocuments
            case .hospitalPairs, .editorTables, .editorAddOns, .pairs, .units, .addOns, .mappings: nil
            }
        }
    }

    package let id: String
    package let kind: ReferenceKind
    package let layout: Layout
    package let name: String
    package let edition: String
    /// First day that it speaks of.
    package let effective: Day
    /// Last day; left out: open.
    package let end: Day?
    /// Id of the file.
    package let file: String
    /// Ids of files that must be there too: the other parts of a release, which is loaded whole or not at all.
    package let requires: [String]?
    /// Ids of files that must not be there: it stands in for them.
    package let unless: [String]?
    package let rights: String
    /// What loading it adds, in a sentence.
    package let adds: String
    /// How many rows it must come to, where that is known.
    package let rows: Int?

    /// Every file that must be there before it can be imported.
    package var neededFiles: [String] { [file] + (requires ?? []) }
}

extension ReferenceKind: Decodable {}
