import Calendar
import GRDB
import Storage

/// What a guest opened comes along into a new account: free until the end of the guest's own period, and not counted
/// against the account's. Once per guest.
struct GuestMerge {
    let guest: GuestID
    let account: AccountID
    let now: UTCInstant

    func perform(_ database: Database) throws {
        let subject = Subject.guest(guest).stored
        try database.run(
            "INSERT OR IGNORE INTO merged_guests (guest, account, at) VALUES (?, ?, ?)",
            [.text(subject), .text(account.text), .integer(now.seconds)])
        guard database.changesCount == 1 else { return }
        // An item whose charge was given back sums up to 0: it was not opened.
        try database.run(
            """
            INSERT INTO carried_grants (subject, feature, item, ends_at)
            SELECT ?, feature, item, max(ends_at) FROM (
                SELECT feature, item, max(ends_at) AS ends_at FROM entries
                WHERE subject = ? AND item <> '' AND ends_at > ? GROUP BY feature, period, item HAVING sum(amount) < 0)
            GROUP BY feature, item
            """,
            [.text(Subject.account(account).stored), .text(subject), .integer(now.seconds)])
    }
}
