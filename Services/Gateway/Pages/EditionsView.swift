import Contracts

/// Every loaded file and every missing one, as `editions.mustache` takes it.
struct EditionsView: Sendable {
    struct EditionView: Sendable {
        let system: String
        let systemName: String
        let name: String
        let file: String
        let edition: String
        let effectiveDate: String
        let endDate: String
        let hasEnd: Bool
        let sha256: String
        let rights: String
        let hasRights: Bool
        let codes: String
        let billableCodes: String
        let rowsRead: String
        let rowsKept: String
        let rowsRefused: String
        let importedAt: String
    }

    struct MissingView: Sendable {
        let systemName: String
        let name: String
        let adds: String
        let from: String
    }

    let editions: [EditionView]
    let hasEditions: Bool
    let missing: [MissingView]
    let hasMissing: Bool
    let editionSet: String

    init(_ reply: LookupAPI.ListEditionsReply) {
        editions = reply.editions.map { edition in
            let source = edition.source ?? CommonAPI.Source()
            return EditionView(
                system: edition.system, systemName: CodeSystem.name(of: edition.system), name: source.name,
                file: source.file, edition: source.edition, effectiveDate: source.effectiveDate,
                endDate: edition.endDate, hasEnd: !edition.endDate.isEmpty, sha256: source.sha256,
                rights: source.rights, hasRights: !source.rights.isEmpty, codes: edition.codes.grouped,
                billableCodes: edition.billableCodes.grouped,
                rowsRead: edition.rowsRead.grouped, rowsKept: edition.rowsKept.grouped,
                rowsRefused: edition.rowsRefused.grouped,
                importedAt: UTCInstant(edition.importedAt)?.words ?? edition.importedAt)
        }
        hasEditions = !editions.isEmpty
        missing = reply.missing.map { file in
            MissingView(
                systemName: CodeSystem.name(of: file.system), name: file.name, adds: file.adds, from: file.from)
        }
        hasMissing = !missing.isEmpty
        editionSet = reply.editionSet
    }
}
