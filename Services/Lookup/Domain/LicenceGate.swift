import Synchronization

/// Which licensed editions may be used now, by the operator's licence for CPT. Closed until something says so.
final class LicenceGate: Sendable {
    /// What a licence in force covers.
    struct Terms: Sendable, Equatable {
        /// Years of the code set; 0: any.
        var firstYear = 0
        var lastYear = 0

        /// Whether an edition of a code set's year is covered.
        func covers(_ year: Int) -> Bool {
            (firstYear == 0 || firstYear <= year) && (lastYear == 0 || year <= lastYear)
        }
    }

    private let state = Mutex<Terms?>(nil)

    init() {}

    /// What the licence in force covers; nil when none is.
    var terms: Terms? { state.withLock { $0 } }

    /// Opens or closes it; takes effect with the next question.
    func set(_ terms: Terms?) { state.withLock { $0 = terms } }

    /// Whether anything of an edition may be used now.
    func permits(_ edition: EditionRecord) -> Bool {
        guard edition.isLicensed else { return true }
        return terms?.covers(Int(edition.effective.number) / 10_000) ?? false
    }
}
