import Contracts

extension SourceNote {
    /// A source of the contract.
    init(_ source: CommonAPI.Source) {
        self.init(
            name: source.name, file: source.file, edition: source.edition, effectiveDate: source.effectiveDate,
            sha256: source.sha256, rights: source.rights)
    }
}

extension CommonAPI.Source {
    /// A source in the words of the contract.
    init(_ note: SourceNote) {
        self.init(
            name: note.name, file: note.file, edition: note.edition, effectiveDate: note.effectiveDate,
            sha256: note.sha256, rights: note.rights)
    }
}
