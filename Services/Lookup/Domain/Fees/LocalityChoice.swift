/// Finds the localities that a caller names: by contractor and number, number, name, county or state.
struct LocalityChoice {
    let costs: [PracticeCost]
    let counties: [LocalityCounties]

    /// - Parameters:
    ///   - locality: as typed; empty: every locality of the state, or none without a state.
    ///   - state: two letters; empty: any.
    /// - Throws: `LookupError.invalid` when there is no such locality, or several where one was named.
    func find(_ locality: String, state: String) throws(LookupError) -> [PracticeCost] {
        let state = state.uppercased()
        let within = state.isEmpty ? costs : costs.filter { $0.variant == state }
        guard state.isEmpty || !within.isEmpty else {
            throw .invalid(field: "state", "No locality of the loaded file lies in “\(state.prefix(12))”.")
        }
        guard !locality.isEmpty else { return state.isEmpty ? [] : within }
        let wanted = locality.uppercased()
        let exact = within.filter { $0.key == wanted || $0.name.uppercased() == wanted }
        if !exact.isEmpty { return exact }
        let numbered = within.filter { $0.number == wanted }
        let named = numbered.isEmpty ? within.filter { Self.holds($0.name, wanted) } : numbered
        let found = named.isEmpty ? byCounty(wanted, within) : named
        guard found.count == 1 else {
            let some = (found.isEmpty ? within : found).prefix(8).map { "\($0.key) \($0.name)" }
            throw .invalid(
                field: "locality",
                (found.isEmpty ? "There is no such locality. " : "\(found.count) localities fit. ")
                    + "Name one of: \(some.joined(separator: "; "))\(within.count > 8 ? "; …" : "").")
        }
        return found
    }

    private func byCounty(_ wanted: String, _ within: [PracticeCost]) -> [PracticeCost] {
        let keys = Set(counties.filter { Self.holds($0.counties, wanted) }.map(\.key))
        return within.filter { keys.contains($0.key) }
    }

    /// Whether a name holds every word of another.
    private static func holds(_ name: String, _ wanted: String) -> Bool {
        func words(_ text: String) -> Set<Substring> {
            Set(text.uppercased().split { !$0.isLetter && !$0.isNumber })
        }
        let parts = words(wanted)
        return !parts.isEmpty && parts.isSubset(of: words(name))
    }
}
