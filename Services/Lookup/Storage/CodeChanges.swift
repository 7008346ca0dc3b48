/// Which codes changed on which day, over all editions of a system: what a comparison of two days has to look at.
///
/// A day on which an edition took effect changes the codes that it adds, drops or words differently from what stood before;
/// a code's own first and last day within an edition change that code.
struct CodeChanges {
    /// The editions that took effect on one day.
    private struct Step {
        let day: Day
        /// Numbers in the order of import; full ones first.
        var editions: [Int32] = []
        var coverages: [EditionCoverage] = []
    }

    private let steps: [Step]
    /// By edition number, the place in `steps` and the place within it.
    private let places: [Int32: (step: Int, order: Int)]

    /// - Parameter ledger: with all editions entered.
    init(of system: CodeSystem, in ledger: CodeLedger) {
        var steps: [Step] = []
        let numbered = ledger.editions.enumerated().filter {
            $0.element.holdsCodes && $0.element.record.system == system
        }
        let sorted = numbered.sorted { one, other in
            let (first, second) = (one.element.record, other.element.record)
            if first.effective != second.effective { return first.effective < second.effective }
            if first.coverage.isFull != second.coverage.isFull { return first.coverage.isFull }
            return one.offset < other.offset
        }
        var places: [Int32: (step: Int, order: Int)] = [:]
        for (index, edition) in sorted {
            if steps.last?.day != edition.record.effective { steps.append(Step(day: edition.record.effective)) }
            let number = Int32(index + 1)
            places[number] = (steps.count - 1, steps[steps.count - 1].editions.count)
            steps[steps.count - 1].editions.append(number)
            steps[steps.count - 1].coverages.append(edition.record.coverage)
        }
        self.steps = steps
        self.places = places
    }

    /// The days on which a code changed, in order. The first step changes nothing: nothing is known of the day before.
    func days(of code: CodeLedger.Code) -> [Day] {
        var firsts = [CodeStanding?](repeating: nil, count: steps.count)
        var orders = [Int](repeating: Int.max, count: steps.count)
        for standing in code.standings {
            guard let place = places[standing.edition], place.order < orders[place.step] else { continue }
            firsts[place.step] = standing
            orders[place.step] = place.order
        }
        let key = CodeForm.key(code.code)
        var days: Set<Day> = []
        var current: CodeStanding?
        for (index, step) in steps.enumerated() {
            if let own = current { days.formUnion(Self.ownDays(own, before: step.day)) }
            var next = firsts[index]
            if next == nil, !step.coverages.contains(where: { $0.covers(key) }) { next = current }
            if let own = next, own.retired != 0, own.retired <= step.day.number { next = nil }
            let isSame =
                switch (current, next) {
                case (nil, nil): true
                case (let before?, let after?): !after.differs(from: before)
                default: false
                }
            if !isSame, index > 0 { days.insert(step.day) }
            current = next
        }
        if let own = current { days.formUnion(Self.ownDays(own, before: nil)) }
        return days.filter { $0 > (steps.first?.day ?? $0) }.sorted()
    }

    /// The code's own first day and the day after its last, as far as they lie in the edition's time.
    private static func ownDays(_ standing: CodeStanding, before next: Day?) -> [Day] {
        [standing.added, standing.retired].compactMap { number in
            guard number != 0, next.map({ number < $0.number }) ?? true else { return nil }
            return Day(number: Int(number))
        }
    }
}
