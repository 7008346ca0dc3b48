import Storage

extension Catalogue {
    /// Checks a claim against the loaded files, in one synchronous read.
    /// - Throws: `LookupError`; `SnapshotError`.
    func check(_ question: ClaimQuestion) throws -> [ClaimFinding] {
        let claim = try question.claim()
        return try reader.read { connection, contents in
            let facts = try ClaimFactsReader(connection, contents, policy: modifierPolicy, today: today())
                .facts(of: claim)
            return ClaimCheck(claim: claim, facts: facts).findings()
        }
    }

    /// The reference files that are loaded, in the order of import.
    /// - Throws: `SnapshotError`.
    func references() throws -> [LoadedReference] {
        try reader.read { _, contents in contents.references.all }
    }
}
