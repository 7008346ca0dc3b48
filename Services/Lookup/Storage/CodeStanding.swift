/// How an edition lists a code, in what it takes to tell whether another lists it differently.
struct CodeStanding {
    /// The edition's number in the order of import.
    let edition: Int32
    let billable: Bool
    /// YYYYMMDD; 0 for none.
    let added: Int32
    let retired: Int32
    /// Hashes of the titles as they are compared; 0 for none.
    private let long: Int
    private let short: Int

    init(edition: Int, wording: Wording, billable: Bool, _ added: Day?, _ retired: Day?) {
        self.edition = Int32(edition)
        self.billable = billable
        self.added = added?.number ?? 0
        self.retired = retired?.number ?? 0
        long = wording.long.isEmpty ? 0 : wording.long.hashValue
        short = wording.short.isEmpty ? 0 : wording.short.hashValue
    }

    /// Whether a reader may see another code than before. It may say yes where only the writing of a title changed.
    func differs(from other: CodeStanding) -> Bool {
        if billable != other.billable { return true }
        if long != 0, other.long != 0, long != other.long { return true }
        return short != 0 && other.short != 0 && short != other.short
    }
}
