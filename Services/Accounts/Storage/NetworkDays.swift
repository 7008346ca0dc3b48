import Calendar
import GRDB
import Storage

/// How many guest grants a network had on a day.
struct NetworkDays {
    private let database: Database
    private let day: Bound

    init(_ database: Database, on date: CalendarDate) {
        self.database = database
        day = .integer(date.daysSince1970)
    }

    /// Grants so far.
    func grants(_ network: NetworkPrefix) throws -> Int {
        try database.first(
            "SELECT grants FROM network_days WHERE day = ? AND network = ?", [day, .text(network.text)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    /// Counts one more.
    func count(_ network: NetworkPrefix) throws {
        try database.run(
            """
            INSERT INTO network_days (day, network, grants) VALUES (?, ?, 1)
            ON CONFLICT DO UPDATE SET grants = grants + 1
            """,
            [day, .text(network.text)])
    }

    /// Registrations so far.
    func registrations(_ network: NetworkPrefix) throws -> Int {
        try database.first(
            "SELECT registrations FROM network_days WHERE day = ? AND network = ?", [day, .text(network.text)]
        ) { row in Int(row.integer(0)) } ?? 0
    }

    /// Counts one more registration.
    func countRegistration(_ network: NetworkPrefix) throws {
        try database.run(
            """
            INSERT INTO network_days (day, network, grants, registrations) VALUES (?, ?, 0, 1)
            ON CONFLICT DO UPDATE SET registrations = registrations + 1
            """,
            [day, .text(network.text)])
    }

    /// Forgets the days before this one: a network is kept no longer than its ceiling needs it.
    func forgetEarlier() throws {
        try database.run("DELETE FROM network_days WHERE day < ?", [day])
    }
}
