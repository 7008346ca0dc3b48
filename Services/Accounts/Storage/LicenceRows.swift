import Calendar
import GRDB
import Storage

/// The statements of licences, terms and their counts.
struct LicenceRows {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func insert(_ licence: Licence) throws {
        try database.run(
            """
            INSERT INTO licences (id, system, licensee, number, first_year, last_year, seats, starts_on, ends_on,
                allows_models, daily_texts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(licence.id), .text(licence.system), .text(licence.licensee), .text(licence.number),
                licence.years.map { .integer($0.lowerBound) } ?? .null,
                licence.years.map { .integer($0.upperBound) } ?? .null,
                licence.seats.map { .integer(Int64($0)) } ?? .null, .text(licence.startsOn.description),
                .text(licence.endsOn.description), .integer(licence.allowsModels ? 1 : 0),
                licence.dailyTexts.map { .integer(Int64($0)) } ?? .null,
            ])
    }

    /// Licences, of one system or of all (nil), the oldest first.
    func licences(of system: String?) throws -> [Licence] {
        try database.all(
            """
            SELECT id, system, licensee, number, first_year, last_year, seats, starts_on, ends_on, allows_models,
                daily_texts, withdrawn_at FROM licences WHERE ?1 IS NULL OR system = ?1 ORDER BY starts_on, id
            """,
            [system.map(Bound.text) ?? .null], Self.licence)
    }

    /// Switches a licence off, or on again; whether there is one.
    func setWithdrawn(_ id: String, at moment: UTCInstant?) throws -> Bool {
        try database.run(
            "UPDATE licences SET withdrawn_at = ? WHERE id = ?",
            [moment.map { .integer($0.seconds) } ?? .null, .text(id)])
        return database.changesCount == 1
    }

    /// The version of the terms in force; nil: none are published.
    func terms(of system: String) throws -> (version: String, text: String, publishedAt: UTCInstant)? {
        try database.first(
            "SELECT version, text, published_at FROM terms WHERE system = ? ORDER BY number DESC LIMIT 1",
            [.text(system)]
        ) { row in (row.text(0), row.text(1), UTCInstant(seconds: row.integer(2))) }
    }

    /// Publishes a version; false when there is one of this name.
    func publish(_ version: String, _ text: String, of system: String, at now: UTCInstant) throws -> Bool {
        try database.run(
            """
            INSERT INTO terms (system, version, text, published_at, number)
            VALUES (?1, ?2, ?3, ?4, (SELECT count(*) FROM terms WHERE system = ?1)) ON CONFLICT DO NOTHING
            """,
            [.text(system), .text(version), .text(text), .integer(now.seconds)])
        return database.changesCount == 1
    }

    func hasAccepted(_ account: AccountID, _ version: String, of system: String) throws -> Bool {
        try database.first(
            "SELECT 1 FROM acceptances WHERE account = ? AND system = ? AND version = ?",
            [.text(account.text), .text(system), .text(version)]
        ) { _ in true } ?? false
    }

    func accept(_ account: AccountID, _ version: String, of system: String, at now: UTCInstant) throws {
        try database.run(
            "INSERT OR IGNORE INTO acceptances (account, system, version, at) VALUES (?, ?, ?, ?)",
            [.text(account.text), .text(system), .text(version), .integer(now.seconds)])
    }

    func seatsUsed(of system: String, in year: Int64) throws -> Int {
        try database.first(
            "SELECT count(*) FROM named_users WHERE system = ? AND year = ?", [.text(system), .integer(year)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    /// All that decides whether an account may be shown a text.
    func use(of system: String, item: String, by account: AccountID, on date: CalendarDate) throws -> LicenceUse {
        let terms = try terms(of: system)?.version
        let day = Bound.integer(date.daysSince1970)
        let isNamed =
            try database.first(
                "SELECT 1 FROM named_users WHERE system = ? AND year = ? AND account = ?",
                [.text(system), .integer(date.year), .text(account.text)]
            ) { _ in true } ?? false
        let isSeen =
            try database.first(
                "SELECT 1 FROM licensed_texts WHERE day = ? AND account = ? AND system = ? AND item = ?",
                [day, .text(account.text), .text(system), .text(item)]
            ) { _ in true } ?? false
        let texts =
            try database.first(
                "SELECT count(*) FROM licensed_texts WHERE day = ? AND account = ? AND system = ?",
                [day, .text(account.text), .text(system)]
            ) { row in Int(row.integer(0)) } ?? 0
        let teams = isNamed ? [] : try organisations(of: account, system, in: date.year)
        return LicenceUse(
            licence: Licence.inForce(of: try licences(of: system), on: date), terms: terms,
            hasAccepted: try terms.map { try hasAccepted(account, $0, of: system) } ?? false, isNamed: isNamed,
            seatsUsed: isNamed ? 0 : try seatsUsed(of: system, in: date.year), isSeenToday: isSeen, textsToday: texts,
            organisation: teams.first { $0.hasSeat }?.id,
            isWithoutOrganisationSeat: !teams.isEmpty && !teams.contains { $0.hasSeat })
    }

    /// The organisations that an account belongs to, the oldest membership first, and whether each has a licensed seat left.
    private func organisations(
        of account: AccountID, _ system: String, in year: Int64
    ) throws -> [(id: OrganisationID, hasSeat: Bool)] {
        try database.all(
            """
            SELECT organisations.id, licensed_seats IS NULL OR licensed_seats > (
                SELECT count(*) FROM named_users WHERE system = ?2 AND year = ?3 AND organisation = organisations.id)
            FROM members JOIN organisations ON organisations.id = members.organisation
            WHERE members.account = ?1 ORDER BY joined_at, organisations.id
            """,
            [.text(account.text), .text(system), .integer(year)]
        ) { row in
            guard let id = OrganisationID(row.text(0)) else { throw AccountError.unreadableRow(table: "members") }
            return (id, row.integer(1) != 0)
        }
    }

    /// Counts the named user of the year and the text of the day.
    func count(
        _ licence: Licence, item: String, by account: AccountID, of organisation: OrganisationID?, at now: UTCInstant
    ) throws {
        try database.run(
            """
            INSERT OR IGNORE INTO named_users (system, year, account, licence, at, organisation)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(licence.system), .integer(now.date.year), .text(account.text), .text(licence.id),
                .integer(now.seconds), .text(organisation?.text ?? ""),
            ])
        try database.run(
            "INSERT OR IGNORE INTO licensed_texts (day, account, system, item) VALUES (?, ?, ?, ?)",
            [.integer(now.date.daysSince1970), .text(account.text), .text(licence.system), .text(item)])
    }

    /// Forgets what was shown on the days before this one.
    func forgetTexts(before date: CalendarDate) throws {
        try database.run("DELETE FROM licensed_texts WHERE day < ?", [.integer(date.daysSince1970)])
    }

    private static func licence(_ row: borrowing PreparedRow) throws -> Licence {
        guard let starts = CalendarDate(row.text(7)), let ends = CalendarDate(row.text(8)) else {
            throw AccountError.unreadableRow(table: "licences")
        }
        return Licence(
            id: row.text(0), system: row.text(1), licensee: row.text(2), number: row.text(3),
            years: row.isNull(4) ? nil : row.integer(4)...max(row.integer(4), row.integer(5)),
            seats: row.isNull(6) ? nil : Int(row.integer(6)), startsOn: starts, endsOn: ends,
            allowsModels: row.integer(9) != 0, dailyTexts: row.isNull(10) ? nil : Int(row.integer(10)),
            isWithdrawn: !row.isNull(11))
    }
}
