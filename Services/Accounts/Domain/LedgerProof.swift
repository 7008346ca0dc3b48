/// Reads a ledger's entries in their order and proves its rules. What does not hold is drift.
package struct LedgerProof: Sendable {
    /// An entry as the proof reads it.
    package struct Entry: Sendable {
        let meter: Meter
        let item: String
        let step: Int64
        let amount: Int64
        let kind: EntryKind?
        let bucket: Int64

        /// A row; `subject`, `feature` and `period` name the meter that it belongs to.
        package init(
            subject: String, feature: Int64, period: Int64, item: String, step: Int64, amount: Int64, kind: EntryKind?,
            bucket: Int64
        ) {
            meter = Meter(subject: subject, feature: feature, period: period)
            self.item = item
            self.step = step
            self.amount = amount
            self.kind = kind
            self.bucket = bucket
        }
    }

    struct Meter: Sendable, Equatable {
        let subject: String
        let feature: Int64
        let period: Int64
    }

    /// Findings that are worded; further ones are only counted.
    package static let wordedLimit = 20

    package private(set) var entries: Int64 = 0
    package private(set) var drift: Int64 = 0
    package private(set) var findings: [String] = []
    /// Items whose last entry reserves.
    package private(set) var held: Int64 = 0
    /// What is left of each grant beyond a plan, by its number.
    package private(set) var grants: [Int64: Int64] = [:]

    private var meter: Meter?
    private var planBalance: Int64 = 0
    private var item = ""
    private var state = ItemState.unopened

    /// A proof that has read nothing.
    package init() {}

    /// Takes the next entry in the order of subject, feature, period, item, step.
    package mutating func take(_ entry: Entry) {
        entries += 1
        if entry.meter != meter {
            endMeter()
            meter = entry.meter
        } else if entry.item != item {
            endItem()
        }
        item = entry.item
        guard let kind = entry.kind else { return note("an entry has a kind that is none") }
        if entry.bucket == 0 { planBalance += entry.amount }
        if entry.bucket > 0 { grants[entry.bucket, default: 0] += entry.amount }
        if entry.item.isEmpty {
            if ![.plain, .grant, .correction].contains(kind) { note("something was given as a charge is") }
            return
        }
        check(entry, kind)
        state = ItemState(kind: kind, step: entry.step)
    }

    /// Ends the reading; `openHolds` is how many holds say that they are open.
    package mutating func finish(openHolds: Int64) {
        endMeter()
        meter = nil
        if held != openHolds { note("\(held) items are held, but \(openHolds) holds are open") }
        for (_, left) in grants where left < 0 { note("more was taken from a grant than it gave") }
    }

    /// Notes something else that was found to be wrong.
    package mutating func note(_ finding: String) {
        drift += 1
        if findings.count < Self.wordedLimit { findings.append(finding) }
    }

    /// Whether an entry of an item may follow what was before it.
    private mutating func check(_ entry: Entry, _ kind: EntryKind) {
        let isCharge = kind == .plain || kind == .reserve
        switch state {
        case .unopened where isCharge && entry.step == 0: break
        case .givenBack(let step) where isCharge && entry.step == step + 1: break
        case .held(let step) where [.commit, .refund, .expiry].contains(kind) && entry.step == step + 1: break
        default: note("an item's entries do not follow each other: it was charged twice, or closed without a hold")
        }
        let amount: Int64 = isCharge ? -1 : kind == .commit ? 0 : 1
        if entry.amount != amount { note("an entry's amount is not that of its kind") }
    }

    private mutating func endItem() {
        if case .held = state { held += 1 }
        state = .unopened
        item = ""
    }

    private mutating func endMeter() {
        endItem()
        if planBalance < 0 { note("more was charged in a period than the plan gave") }
        planBalance = 0
    }
}
