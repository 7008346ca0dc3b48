import GRDB
import Storage

/// A mail that waits to be sent, for `codingahead` and tests to look at.
package struct WaitingLetter: Sendable, Equatable {
    package let id: String
    package let kind: String
    package let recipient: String
    package let subject: String
    package let text: String
    /// `Name: value`.
    package let headers: [String]
}

extension JobsStore {
    /// Mails that wait to be sent, in the order in which they were written, at most 10 000.
    package func waitingLetters() throws -> [WaitingLetter] {
        try store.read { database in
            try database.all(
                """
                SELECT id, kind, recipient, subject, text, headers FROM outbox WHERE state = 0
                ORDER BY created_at, id LIMIT 10000
                """
            ) { row in
                WaitingLetter(
                    id: row.text(0), kind: row.text(1), recipient: row.text(2), subject: row.text(3),
                    text: row.text(4), headers: row.text(5).split(separator: "\n").map(String.init))
            }
        }
    }
}
