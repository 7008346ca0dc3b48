import Storage

extension Catalogue {
    /// What a code comes to in another set.
    /// - Throws: `LookupError`; `SnapshotError`.
    func crosswalk(_ map: String, of text: String) throws -> Crosswalk {
        guard let map = Crosswalk.Map(rawValue: map) else {
            throw LookupError.invalid(
                field: "map",
                "“\(Self.shortened(map))” is no map; use one of "
                    + Crosswalk.Map.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        let question = try Question(system: map.source.rawValue, code: text, day: "")
        return try reader.read { connection, contents in
            let store = ReferenceStore(connection, contents)
            let codes = CodeStore(connection, contents)
            guard let file = store.shelf.files(of: map.kind).max(by: { $0.record.effective < $1.record.effective })
            else { throw LookupError.notFound("No file of the \(map.kind.name) is loaded.") }
            let mappings = try store.mappings(of: question.code, in: file.id)
            guard !mappings.isEmpty else {
                throw LookupError.notFound(
                    "\(question.code) is not in \(file.record.sourceName), \(file.record.edition). Mappings hold complete "
                        + "codes only.")
            }
            let targets = try mappings.map { mapping in
                Crosswalk.Target(
                    mapping: mapping, title: try title(of: mapping.target, in: map.target, codes),
                    explanation: MappingWords.explain(mapping))
            }
            return Crosswalk(
                map: map, system: map.source, code: question.code,
                title: try title(of: question.code, in: map.source, codes), targetSystem: map.target,
                targets: targets, explanation: MappingWords.explain(mappings), source: Citation(file.record))
        }
    }

    private func title(of code: String, in system: CodeSystem, _ codes: CodeStore) throws -> String {
        guard !code.isEmpty, let id = try codes.codeID(code, in: system) else { return "" }
        return try codes.latestListing(id)?.title ?? ""
    }
}
