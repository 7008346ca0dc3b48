import Contracts

/// A source as a quiet footnote.
struct SourceView: Sendable {
    let name: String
    let file: String
    let edition: String
    let effectiveDate: String
    let rights: String
    let hasRights: Bool
    let hasFile: Bool
    let hasEffectiveDate: Bool
    let hasEdition: Bool

    init(_ source: CommonAPI.Source) {
        name = source.name
        file = source.file
        edition = source.edition
        effectiveDate = source.effectiveDate
        rights = source.rights
        hasRights = !source.rights.isEmpty
        hasFile = !source.file.isEmpty && source.file != source.name
        hasEffectiveDate = !source.effectiveDate.isEmpty
        hasEdition = !source.edition.isEmpty
    }
}
