import Storage

extension Catalogue {
    /// What a code comes to in another set.
    /// - Throws: `LookupError`; `SnapshotError`.
    func crosswalk(_ name: String, of text: String) throws -> Crosswalk {
        guard let map = Crosswalk.Map(rawValue: name) else {
            throw LookupError.invalid(
                field: "map",
                "“\(Self.shortened(name))” is no map; use one of "
                    + Crosswalk.Map.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        guard let systems = map.diagnoses else { return try drugs(map, text) }
        let question = try Question(system: systems.source.rawValue, code: text, day: "")
        return try reader.read { connection, contents in
            let store = ReferenceStore(connection, contents)
            let codes = CodeStore(connection, contents)
            let file = try newest(of: map.kind, store)
            let mappings = try store.mappings(of: question.code, in: file.id)
            guard !mappings.isEmpty else {
                throw LookupError.notFound(
                    "\(question.code) is not in \(file.record.sourceName), \(file.record.edition). Mappings hold complete "
                        + "codes only.")
            }
            let targets = try mappings.map { mapping in
                Crosswalk.Target(
                    system: systems.target.rawValue, code: mapping.target,
                    title: try title(of: mapping.target, in: systems.target, codes),
                    explanation: MappingWords.explain(mapping), mapping: mapping)
            }
            return Crosswalk(
                map: map, system: systems.source.rawValue, code: question.code,
                title: try title(of: question.code, in: systems.source, codes), targets: targets,
                explanation: MappingWords.explain(mappings), source: Citation(file.record))
        }
    }

    /// Drugs by NDC and by HCPCS code.
    private func drugs(_ map: Crosswalk.Map, _ text: String) throws -> Crosswalk {
        let isForward = map == .drugToHCPCS
        let trimmed = text.utf8.count <= CodeForm.longestInput ? text.filter { !$0.isWhitespace } : ""
        guard let key = isForward ? DrugProduct.normalised(trimmed) : ProcedureCode(trimmed)?.description else {
            throw LookupError.invalid(
                field: "code",
                "“\(Self.shortened(text))” has not the form of "
                    + (isForward ? "an NDC: eleven digits, or three parts with hyphens." : "a HCPCS code."))
        }
        return try reader.read { connection, contents in
            let store = ReferenceStore(connection, contents)
            let codes = CodeStore(connection, contents)
            let file = try newest(of: map.kind, store)
            let products =
                try isForward
                ? store.rows(DrugProduct.self, ofVariant: key, in: file.id)
                : store.rows(DrugProduct.self, of: key, in: file.id)
            guard let first = products.first else {
                throw LookupError.notFound(
                    "\(key) is not in \(file.record.sourceName), \(file.record.edition). It holds drugs that Medicare pays by "
                        + "average sales price only.")
            }
            let targets = try products.map { product in
                Crosswalk.Target(
                    system: isForward ? CodeSystem.hcpcs.rawValue : Crosswalk.Map.drugs,
                    code: isForward ? product.key : product.ndc,
                    title: isForward ? try title(of: product.key, in: .hcpcs, codes) : product.product,
                    explanation:
                        "One package holds \(product.billingUnitsPerPackage) billing units of \(product.dosage).",
                    product: product)
            }
            return Crosswalk(
                map: map, system: isForward ? Crosswalk.Map.drugs : CodeSystem.hcpcs.rawValue,
                code: isForward ? first.ndc : key,
                title: isForward ? first.product : try title(of: key, in: .hcpcs, codes), targets: targets,
                explanation:
                    "Which packages are billed with which code, for payment by average sales price. It is no list of "
                    + "all drugs.", source: Citation(file.record))
        }
    }

    private func newest(of kind: ReferenceKind, _ store: ReferenceStore) throws -> LoadedReference {
        let files = store.shelf.files(of: kind)
        guard let file = files.max(by: { $0.record.effective < $1.record.effective }) else {
            throw LookupError.notFound("No file of the \(kind.name) is loaded.")
        }
        return file
    }

    private func title(of code: String, in system: CodeSystem, _ codes: CodeStore) throws -> String {
        guard !code.isEmpty, let id = try codes.codeID(code, in: system) else { return "" }
        return try codes.latestListing(id)?.title ?? ""
    }
}
