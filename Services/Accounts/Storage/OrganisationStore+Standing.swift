import GRDB
import Storage

extension OrganisationStore {
    /// How an account stands; nil when there is none.
    package func standing(_ id: AccountID) throws -> Standing? {
        try store.snapshot { database in
            try AccountRows(database).account(id).map { try Self.standing($0, database) }
        }
    }

    /// The account that has verified an address; nil when none has.
    package func standing(of address: EmailAddress) throws -> Standing? {
        try store.snapshot { database in
            guard let account = try AccountRows(database).owner(of: address), account.isEmailVerified else {
                return nil
            }
            return try Self.standing(account, database)
        }
    }

    /// Many at once, in the order asked for; unknown ones are left out.
    package func standings(_ ids: [AccountID]) throws -> [Standing] {
        try store.snapshot { database in
            try ids.compactMap { id in
                try AccountRows(database).account(id).map { try Self.standing($0, database) }
            }
        }
    }

    /// Accounts with a role that are not suspended, the oldest first.
    package func standings(withRole role: Role) throws -> [Standing] {
        try store.snapshot { database in
            try database.all(
                """
                SELECT \(Account.columns) FROM accounts
                WHERE roles <> '' AND instr(',' || roles || ',', ?) > 0 AND suspended_at IS NULL
                ORDER BY created_at LIMIT ?
                """,
                [.text(",\(role.rawValue),"), .integer(Int64(Standing.limit))]
            ) { row in try Account(row) }.map { try Self.standing($0, database) }
        }
    }

    private static func standing(_ account: Account, _ database: Database) throws -> Standing {
        Standing(account: account, memberships: try OrganisationRows(database).memberships(of: account.id))
    }
}
