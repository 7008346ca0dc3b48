package import GRDB

/// One named step of a store's schema.
///
/// Migrations are append-only: a name that was once released keeps its place and its content for ever.
package struct Migration: Sendable {
    package let name: String
    package let body: @Sendable (Database) throws -> Void

    /// A step written as a closure; it runs in a transaction of its own.
    package init(_ name: String, _ body: @escaping @Sendable (Database) throws -> Void) {
        self.name = name
        self.body = body
    }

    /// A step written as SQL.
    package init(_ name: String, sql: String) {
        self.init(name) { database in try database.execute(sql: sql) }
    }
}
