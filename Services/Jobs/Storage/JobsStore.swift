import GRDB
import Storage

/// The store of CareerCenter.
package struct JobsStore: Sendable {
    /// The list of credentials is a fixed table of a dozen rows; more says that the file is not ours.
    static let maxCredentials = 256

    let store: Store

    /// Opens the file, makes it when it is missing, and brings its schema up to date.
    /// - Throws: `StorageError`, see `Store.init`.
    package init(path: String) throws {
        store = try Store(StoreConfiguration(path: path, migrations: JobsSchema.migrations))
    }

    /// All credentials, in the order in which people are shown them.
    /// - Complexity: one read of a dozen rows, in place.
    package func credentials() throws -> [Credential] {
        try store.read { database in
            try database.all(
                "SELECT abbreviation, name, awarded_by FROM credential ORDER BY position", limit: Self.maxCredentials
            ) { row in
                guard let body = AwardingBody(rawValue: row.text(2)) else {
                    throw StorageError(.damaged, "A credential in the jobs store names an unknown awarding body.")
                }
                return Credential(abbreviation: row.text(0), name: row.text(1), awardingBody: body)
            }
        }
    }

    /// Finishes and closes the file.
    package func close() throws { try store.close() }
}
