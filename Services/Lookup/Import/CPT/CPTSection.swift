/// The sections of CPT, by the ranges of their codes. Names are generic; no text of CPT is used.
struct CPTSection {
    /// `first-last`.
    let code: String
    let title: String
    private let contains: @Sendable (String) -> Bool

    /// In the order of the set.
    static let all: [CPTSection] = [
        numbered("99202", "99499", "Evaluation and management"), numbered("00100", "01999", "Anesthesia"),
        numbered("10004", "69990", "Surgery"), numbered("70010", "79999", "Radiology"),
        numbered("80047", "89398", "Pathology and laboratory"), numbered("90281", "99607", "Medicine"),
        lettered("F", "Performance measurement (Category II)"), lettered("T", "Emerging technology (Category III)"),
        lettered("M", "Multianalyte assays (administrative codes)"),
        lettered("U", "Proprietary laboratory analyses"), lettered("A", "Immunization (administrative codes)"),
    ]

    /// The section that a code stands in; nil for a code outside all of them.
    static func of(_ code: String) -> CPTSection? { all.first { $0.contains(code) } }

    /// As a heading.
    var record: CodeRecord {
        CodeRecord(
            code: code, parent: nil, title: title, shortTitle: "", billable: false, added: nil, retired: nil)
    }

    private static func numbered(_ first: String, _ last: String, _ title: String) -> CPTSection {
        CPTSection(code: "\(first)-\(last)", title: title) { $0.last?.isNumber == true && first <= $0 && $0 <= last }
    }

    private static func lettered(_ letter: String, _ title: String) -> CPTSection {
        CPTSection(code: "0001\(letter)-9999\(letter)", title: title) { $0.hasSuffix(letter) }
    }

    private init(code: String, title: String, contains: @escaping @Sendable (String) -> Bool) {
        self.code = code
        self.title = title
        self.contains = contains
    }
}
