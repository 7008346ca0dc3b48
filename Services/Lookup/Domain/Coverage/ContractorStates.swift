/// Which states the contractors that write coverage documents serve: `Resources/coverage-contractors.json`.
struct ContractorStates: Sendable, Equatable, Decodable {
    struct Contractor: Sendable, Equatable, Decodable {
        let name: String
        /// A/B or DME.
        let type: String
        let states: [String]
    }

    /// Where the table comes from.
    let source: String
    let contractors: [Contractor]

    /// No table.
    static let empty = ContractorStates(source: "", contractors: [])

    /// The states of a document's contractors; empty when the table does not have them.
    ///
    /// - Parameter text: as the index writes them: "Palmetto GBA (MAC - Part A, MAC - Part B)", several one after another.
    func states(of text: String) -> [String] {
        let isEquipment = text.contains("DME MAC")
        var found: Set<String> = []
        for contractor in contractors where text.contains(contractor.name) {
            if (contractor.type == "DME") == isEquipment { found.formUnion(contractor.states) }
        }
        return found.sorted()
    }

    /// Whether a state is served by any contractor.
    func knows(_ state: String) -> Bool { contractors.contains { $0.states.contains(state) } }
}
