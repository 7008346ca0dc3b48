import Storage

extension Catalogue {
    /// What is paid for a service, by every loaded schedule of the day.
    /// - Throws: `LookupError`; `SnapshotError`.
    func price(_ question: PriceQuestion) throws -> (prices: [Price], remarks: [String], asked: PriceQuestion.Checked) {
        let asked = try question.checked()
        return try reader.read { connection, contents in
            let desk = PriceDesk(store: ReferenceStore(connection, contents), question: question, asked: asked)
            let found = try desk.prices()
            return (found.prices, found.remarks, asked)
        }
    }
}
