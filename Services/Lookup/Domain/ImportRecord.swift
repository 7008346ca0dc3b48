/// What an importer says of the file that it read: one row of the page `/editions`.
package struct EditionRecord: Sendable, Equatable {
    package var system: CodeSystem
    /// E.g. "ICD-10-CM Tabular List".
    package var sourceName: String
    /// The publisher's own file name.
    package var file: String
    /// E.g. "FY2026 April 1 update".
    package var edition: String
    package var effective: Day
    /// Last day on which the edition applies; nil: open.
    package var end: Day?
    /// Lower-case hexadecimal.
    package var sha256: String
    package var rights: String
    /// How much of the code set it lists.
    package var coverage = EditionCoverage.full
    /// Its file has only short titles: the long ones come from editions imported before it that give the same short title.
    package var carriesLongTitles = false
    /// Its texts belong to others and are shown only under a licence that is in force, to readers who accepted its terms.
    package var isLicensed = false
}

/// One code or heading of an edition. A heading comes before what is below it.
package struct CodeRecord: Sendable, Equatable {
    /// Canonical: upper case, with the dot where the set has one. Chapters and sections are headings with codes such as "4" and "E08-E13".
    package var code: String
    /// The heading directly above; nil at the top.
    package var parent: String?
    package var title: String
    package var shortTitle: String
    package var billable: Bool
    /// Day on which the code was added and the first day on which it may no longer be used, where the file says so.
    package var added: Day?
    package var retired: Day?
}

/// A sentence that stands at a code or heading, e.g. an Excludes1 note. Inheritance is worked out by the reader.
package struct NoteRecord: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case includes, inclusionTerm, excludes1, excludes2, codeFirst, useAdditionalCode, codeAlso
        case notes, seventhCharacterNote, seventhCharacter
        /// What a PCS value or an axis means; `label` is the axis.
        case axis, definition
        /// What a claim editor checks about the code; `label` names the edit, e.g. "Edit 62".
        case edit
    }
    package var code: String
    package var kind: Kind
    /// E.g. the 7th character itself or the name of a PCS axis; empty otherwise.
    package var label: String
    package var text: String
}

/// One indicator of a code as the file holds it, with its meaning spelled out from the official layout.
package struct FactRecord: Sendable, Equatable {
    package var code: String
    /// E.g. "Coverage".
    package var name: String
    /// The raw value, e.g. "C".
    package var value: String
    /// E.g. "Carrier judgment".
    package var meaning: String
}

/// A text written for a code page's block, e.g. the official description of the one CPT sample.
package struct TextRecord: Sendable, Equatable {
    package var code: String
    /// official | common | clinical | procedure | guidelines | facts | edits | history
    package var block: String
    package var text: String
    package var rights: String
}

/// What came of reading one file.
package struct ImportReport: Sendable, Equatable {
    package struct Refusal: Sendable, Equatable {
        /// Line of the file, from 1; 0 when the format has no lines.
        package var line: Int
        package var reason: String
        package init(line: Int, reason: String) {
            self.line = line
            self.reason = reason
        }
    }
    package var rowsRead = 0
    package var rowsKept = 0
    /// How many rows were refused, and the first 100 of them with their lines.
    package var rowsRefused = 0
    package var refusals: [Refusal] = []
    package init() {}
}

/// Takes the records of one edition, in the order of the code set. The snapshot builder is one; tests collect into arrays.
package protocol RecordSink {
    mutating func add(_ code: CodeRecord) throws
    mutating func add(_ note: NoteRecord) throws
    mutating func add(_ fact: FactRecord) throws
    mutating func add(_ text: TextRecord) throws
    mutating func add(_ term: TermRecord) throws
}
