/// What Assistant knows of a code: the free part of its record, as Lookup gave it.
struct CodeRecord: Sendable, Equatable {
    /// A code with the title that it is listed under.
    struct Place: Sendable, Equatable {
        var code: String
        var title: String
    }

    /// Whether a code is in force on the date asked about.
    enum Status: String, Sendable {
        case active, retired, future
    }

    /// E.g. `icd10cm`.
    var system: String
    var code: String
    var title: String
    /// May stand on a claim as it is.
    var isBillable: Bool
    var status: Status
    /// From the chapter down to the direct parent.
    var parents: [Place] = []
    /// Directly below it.
    var childCount = 0
    /// What the edition is called, e.g. "FY2026 April update".
    var edition: String
    /// First day of the edition, YYYY-MM-DD; may be empty.
    var effectiveDate: String
    /// What a reader should know of the edition; empty: nothing.
    var notice = ""
    var source = SourceNote(name: "")
    /// What stands in the blocks that were asked for.
    var paragraphs: [Paragraph] = []
    /// The date asked about; empty: none.
    var on = ""

    /// A statement of a block.
    struct Paragraph: Sendable, Equatable {
        /// guidelines | facts | edits | history | common | official | clinical
        var block: String
        /// What kind of statement it is, e.g. "Excludes1"; may be empty.
        var label: String
        var text: String
        /// The heading that it stands at; empty: the code itself.
        var inheritedFrom = ""
        var source: SourceNote
    }

    /// The paragraphs of a block.
    func paragraphs(of block: String) -> [Paragraph] { paragraphs.filter { $0.block == block } }

    /// The code with the name of its set, e.g. "ICD-10-CM E11.9".
    var name: String { "\(CodeSetName.of(system)) \(code)" }

    /// Its page here.
    var href: String { Self.href(system: system, code: code, on: on) }

    static func href(system: String, code: String, on: String) -> String {
        "/codes/\(system)/\(code)" + (on.isEmpty ? "" : "?on=\(on)")
    }
}
