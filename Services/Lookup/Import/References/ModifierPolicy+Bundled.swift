extension ModifierPolicy {
    /// The table of `Resources/claim-modifiers.json`.
    ///
    /// - Throws: ``FileRefusal`` when it is missing or malformed, or names a source that it does not have.
    static func bundled() throws -> ModifierPolicy {
        let name = "claim-modifiers.json"
        let policy = try ImportResource.table(ModifierPolicy.self, name)
        let named = Set(policy.conflicts.map(\.source)).union([policy.pairModifierSource])
        guard named.allSatisfy({ policy.sources[$0] != nil }) else {
            throw FileRefusal(
                file: name, reason: "names a source that it does not list",
                remedy: "Install the program and its resource folders from the same build")
        }
        return policy
    }
}
