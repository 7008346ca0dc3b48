/// What the index knows of a code without reading its row: 32 bytes, as they stand in the file.
struct SearchDocument: Sendable, Equatable, BitwiseCopyable {
    /// The number of the code.
    var code: UInt32
    /// The number of the heading at the top, 0 for the heading itself and for sets without headings.
    var chapter: UInt32
    /// YYYYMMDD; 0 for none.
    var added: Int32
    /// YYYYMMDD; 0 for none.
    var retired: Int32
    /// The place of the heading whose words this code shares; `noParent` for none.
    var parent: UInt32
    /// What speaks for or against the code whatever is asked; see `SearchPrior`.
    var prior: Float
    /// Where its editions begin in the list of editions.
    var editions: UInt32
    var editionCount: UInt16
    var system: UInt8
    private var flags: UInt8

    static let noParent = UInt32.max

    init(
        code: UInt32, chapter: UInt32, added: Int32, retired: Int32, parent: UInt32, prior: Float, system: UInt8,
        billable: Bool, sides: SearchSides
    ) {
        self.code = code
        self.chapter = chapter
        self.added = added
        self.retired = retired
        self.parent = parent
        self.prior = prior
        self.system = system
        editions = 0
        editionCount = 0
        flags = (billable ? 1 : 0) | sides.rawValue << 1
    }

    var billable: Bool { flags & 1 != 0 }

    /// The sides of the body that the title names.
    var sides: SearchSides { SearchSides(rawValue: flags >> 1) }

    /// Whether the code may be used on a day.
    func status(on day: Int32) -> CodeStatus {
        if retired != 0, retired <= day { return .retired }
        return added != 0 && added > day ? .future : .active
    }
}
