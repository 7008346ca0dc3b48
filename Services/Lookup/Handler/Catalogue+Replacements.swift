import Storage

extension Catalogue {
    /// What may be used in the place of a code: what its file refers it to, or else, for a code that is no longer valid,
    /// what it was divided into.
    ///
    /// - Parameter isRetired: no longer valid by the editions of `choice`.
    static func replacements(
        of listing: Listing, in system: CodeSystem, isRetired: Bool, _ choice: EditionCalendar.Choice,
        _ store: CodeStore
    ) throws -> [Replacement] {
        if system == .hcpcs || system == .hcpcsModifier {
            guard let named = try store.references(of: listing.codeID) else { return [] }
            return try named.codes.map { code in
                let title = try store.codeID(code, in: system).flatMap(store.latestListing)?.title ?? ""
                return Replacement(
                    code: code, title: title, basis: .reference(store.contents.edition(named.edition).record))
            }
        }
        guard isRetired else { return [] }
        return try store.extensions(of: CodeForm.key(listing.code), in: system, choice).map {
            Replacement(code: $0.code, title: $0.title, basis: .division)
        }
    }
}
