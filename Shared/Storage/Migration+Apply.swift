import GRDB

extension Migration {
    /// Brings a database up to `migrations`.
    ///
    /// - Throws: `newerSchema` when the file holds a step that `migrations` does not know, or holds them in another
    ///   order (the program is older than the file, or a released list was edited); nothing is changed then.
    static func apply(_ migrations: [Migration], to queue: DatabaseQueue, path: String) throws {
        var migrator = DatabaseMigrator()
        for migration in migrations { migrator.registerMigration(migration.name, migrate: migration.body) }
        let applied = try queue.read { database in try migrator.appliedIdentifiers(database) }
        let known = Set(migrations.map(\.name))
        let unknown = applied.subtracting(known).sorted()
        guard unknown.isEmpty else {
            throw StorageError(
                .newerSchema,
                "\(path) was written by a newer program (it holds \(unknown.joined(separator: ", "))). "
                    + "Start that version, or restore a backup made before it. Nothing was changed.")
        }
        guard applied == Set(migrations.prefix(applied.count).map(\.name)) else {
            throw StorageError(
                .newerSchema,
                "\(path) holds migrations in another order than this program; a released list must only grow at its "
                    + "end. Nothing was changed.")
        }
        try migrator.migrate(queue)
    }
}
