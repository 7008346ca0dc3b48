/// Where a statement comes from, whatever kind of file that is.
struct Citation: Sendable, Hashable {
    var name: String
    var file: String
    var edition: String
    var effective: Day
    var sha256: String
    var rights: String

    init(_ record: ReferenceRecord) {
        name = record.sourceName
        file = record.file
        edition = record.edition
        effective = record.effective
        sha256 = record.sha256
        rights = record.rights
    }

    init(_ record: EditionRecord) {
        name = record.sourceName
        file = record.file
        edition = record.edition
        effective = record.effective
        sha256 = record.sha256
        rights = record.rights
    }

    /// A source that comes with the program and has no checksum of its own.
    init(name: String, file: String, edition: String, effective: Day, rights: String) {
        self.name = name
        self.file = file
        self.edition = edition
        self.effective = effective
        sha256 = ""
        self.rights = rights
    }
}
