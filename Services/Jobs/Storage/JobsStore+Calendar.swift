package import Calendar
import GRDB
package import Mail
import Storage

/// What the calendar does to postings. Each answer depends on the day alone, so it is right also after the service was
/// down for a week.
extension JobsStore {
    /// Closes postings whose last day has gone by, at most `limit`.
    package func expire(at now: UTCInstant, limit: Int) async throws -> [Posting] {
        try await store.writer.write { database in
            let rows = PostingRows(database)
            return try rows.over(before: now.date, limit: limit).compactMap { found in
                var record = found
                guard record.life.advance(to: now) == .expired else { return nil }
                record.submittedAt = nil
                record.updatedAt = now
                try rows.update(record)
                return try rows.posting(record, number: record.live)
            }
        }
    }

    /// Postings of whose end their employer is to be told, each with the accounts that work for it.
    package func reminders(at now: UTCInstant, limit: Int) throws -> [(posting: Posting, accounts: [String])] {
        let last = CalendarDate(daysSince1970: now.date.daysSince1970 + PostingLife.reminderDays)
        return try store.snapshot { database in
            let rows = PostingRows(database)
            return try rows.toRemind(through: last, limit: limit).compactMap { record in
                guard let posting = try rows.posting(record, number: record.live) else { return nil }
                return (posting, try EmployerRows(database).members(of: record.employer).map(\.account))
            }
        }
    }

    /// Notes that an employer is told, and enters the mails in the same act; nothing happens when it was told before, or
    /// when the posting was renewed or closed meanwhile.
    package func remind(_ id: PostingID, mails: [MailMessage], at now: UTCInstant) async throws {
        try await store.writer.write { database in
            let rows = PostingRows(database)
            guard var record = try rows.find(id), record.life.advance(to: now) == .reminded else { return }
            try rows.update(record)
            for mail in mails { try Outbox.enter(mail, at: now.seconds, in: database) }
        }
    }

    /// Forgets what nobody needs any more.
    ///
    /// - Parameter sentBefore: postings that were mailed earlier; they are closed by now.
    package func forget(endedMailBefore: UTCInstant, sentBefore: UTCInstant, today: CalendarDate) async throws {
        try await store.writer.write { database in
            try database.run("DELETE FROM seen WHERE day < ?", [.integer(today.daysSince1970)])
            try database.run("DELETE FROM sent_job WHERE at < ?", [.integer(sentBefore.seconds)])
            try Outbox.forget(endedBefore: endedMailBefore.seconds, in: database)
        }
    }

    /// The accounts that work for an employer.
    package func accounts(of employer: EmployerID) throws -> [String] {
        try store.read { database in try EmployerRows(database).members(of: employer).map(\.account) }
    }
}
