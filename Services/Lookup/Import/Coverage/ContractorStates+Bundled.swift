extension ContractorStates {
    /// The table of `Resources/coverage-contractors.json`.
    ///
    /// - Throws: ``FileRefusal`` when it is missing or malformed.
    static func bundled() throws -> ContractorStates {
        try ImportResource.table(ContractorStates.self, "coverage-contractors.json")
    }
}
