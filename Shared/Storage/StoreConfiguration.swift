/// How a store is opened, and its limits.
package struct StoreConfiguration: Sendable {
    /// The database file; its folder is made when it is missing.
    package var path: String
    /// Steps of the schema, oldest first; the list only grows at its end.
    package var migrations: [Migration]
    /// Writes that share one transaction at most: bounds how long the first of them waits for the last.
    package var batchLimit = 512
    /// Writes that wait at most; at 10 000 a second they wait under half a second.
    package var queueLimit = 4_096
    /// Read connections at most. A read holds one for microseconds, so few serve many threads.
    package var readerLimit = 8
    /// Pages of 4 KiB that the file may have; 0: as many as the disk holds.
    package var pageLimit = 0

    /// The usual limits for the file at `path`.
    package init(path: String, migrations: [Migration]) {
        self.path = path
        self.migrations = migrations
    }
}
