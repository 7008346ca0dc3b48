import Calendar
import GRDB
package import Mail
import Storage

extension JobsStore {
    private static let columns =
        "application.id, posting, account, name, email, phone, cover, resume, resume_name, stage, note, at"

    /// Whether an account has applied to a posting and not withdrawn.
    package func hasApplied(_ account: String, to id: PostingID) throws -> Bool {
        try store.read { database in
            try database.first(
                "SELECT 1 FROM application WHERE posting = ? AND account = ? AND stage <> 'withdrawn'",
                [.text(id.text), .text(account)]
            ) { _ in true } ?? false
        }
    }

    /// Keeps an application with the mails that tell of it. One that was withdrawn is replaced.
    ///
    /// - Throws: `SeekerError`: `applied`, `notOpen`, `noForm`, `invalid` when the résumé was not uploaded by the applicant;
    ///   `PostingError.unknown`.
    package func apply(
        _ application: Application, mails: @escaping @Sendable (Posting) -> [MailMessage]
    ) async throws {
        try await store.writer.write { database in
            let rows = PostingRows(database)
            guard let record = try rows.find(application.posting), record.isPublic else { throw PostingError.unknown }
            guard record.life.state == .published else { throw SeekerError.notOpen }
            guard let content = try rows.revision(record.live, of: record.id) else { throw PostingError.unknown }
            guard content.applyMethod == .form else { throw SeekerError.noForm }
            try database.run(
                "DELETE FROM application WHERE posting = ? AND account = ? AND stage = 'withdrawn'",
                [.text(application.posting.text), .text(application.account)])
            let taken = try database.first(
                "SELECT 1 FROM application WHERE posting = ? AND account = ?",
                [.text(application.posting.text), .text(application.account)]
            ) { _ in true }
            guard taken == nil else { throw SeekerError.applied }
            if !application.resume.isEmpty { try Self.claim(application.resume, of: application.account, in: database) }
            try database.run(
                """
                INSERT INTO application
                    (id, posting, account, name, email, phone, cover, resume, resume_name, stage, note, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .text(application.id), .text(application.posting.text), .text(application.account),
                    .text(application.name), .text(application.email), .text(application.phone),
                    .text(application.cover), .text(application.resume), .text(application.resumeName),
                    .text(application.stage.rawValue), .text(application.note), .integer(application.at.seconds),
                ])
            guard let posting = try rows.posting(record, number: record.live) else { throw PostingError.unknown }
            for mail in mails(posting) { try Outbox.enter(mail, at: application.at.seconds, in: database) }
        }
    }

    private static func claim(_ file: String, of account: String, in database: Database) throws {
        try database.run(
            "DELETE FROM resume_upload WHERE file = ? AND account = ?", [.text(file), .text(account)])
        guard database.changesCount == 1 else {
            throw SeekerError.invalid(FieldFault("resume", "Upload the résumé again: it was kept for an hour."))
        }
    }

    /// What an account has sent, the newest first, each with the posting's title.
    package func applications(of account: String) throws -> [(application: Application, title: String)] {
        try store.snapshot { database in
            let found = try database.all(
                "SELECT \(Self.columns) FROM application WHERE account = ? ORDER BY at DESC, id", [.text(account)],
                limit: 1_000, Self.application)
            let rows = PostingRows(database)
            return try found.map { application in
                guard let record = try rows.find(application.posting) else { return (application, "") }
                let number = max(record.live, 1)
                return (application, try rows.revision(number, of: record.id)?.title ?? "")
            }
        }
    }

    /// What was sent to a posting, the oldest first; withdrawn ones are left out.
    ///
    /// - Throws: `PostingError.unknown` when the agent does not work for its employer.
    package func applicants(of id: PostingID, for agent: Agent) throws -> [Application] {
        try store.snapshot { database in
            guard let record = try PostingRows(database).find(id),
                try EmployerRows(database).role(of: agent, in: record.employer) != nil
            else { throw PostingError.unknown }
            return try database.all(
                """
                SELECT \(Self.columns) FROM application WHERE posting = ? AND stage <> 'withdrawn' ORDER BY at, id
                """, [.text(id.text)], Self.application)
        }
    }

    /// One application, for its applicant or the employer.
    ///
    /// - Throws: `SeekerError.unknown` for anybody else.
    package func application(_ id: String, for agent: Agent) throws -> (application: Application, isOwn: Bool) {
        try store.snapshot { database in
            guard let found = try Self.find(id, in: database) else { throw SeekerError.unknown }
            if found.account == agent.account { return (found, true) }
            guard found.stage != .withdrawn, let record = try PostingRows(database).find(found.posting),
                try EmployerRows(database).role(of: agent, in: record.employer) != nil
            else { throw SeekerError.unknown }
            return (found, false)
        }
    }

    /// Moves an application: the applicant withdraws, the employer does the rest.
    ///
    /// - Throws: `SeekerError`: `unknown`, `final`.
    package func move(
        _ id: String, to stage: ApplicationStage, note: String?, by agent: Agent
    ) async throws -> Application {
        try await store.writer.write { database in
            guard var found = try Self.find(id, in: database) else { throw SeekerError.unknown }
            if stage == .withdrawn {
                guard found.account == agent.account else { throw SeekerError.unknown }
            } else {
                guard let record = try PostingRows(database).find(found.posting),
                    try EmployerRows(database).role(of: agent, in: record.employer) != nil
                else { throw SeekerError.unknown }
            }
            guard !found.stage.isFinal || found.stage == stage else { throw SeekerError.final(found.stage) }
            found.stage = stage
            if let note { found.note = note }
            try database.run(
                "UPDATE application SET stage = ?, note = ?, resume = ? WHERE id = ?",
                [
                    .text(stage.rawValue), .text(found.note), .text(stage == .withdrawn ? "" : found.resume),
                    .text(id),
                ])
            return found
        }
    }

    private static func find(_ id: String, in database: Database) throws -> Application? {
        try database.first("SELECT \(columns) FROM application WHERE id = ?", [.text(id)], application)
    }

    private static func application(_ row: borrowing PreparedRow) throws -> Application {
        guard let posting = PostingID(row.text(1)), let stage = ApplicationStage(rawValue: row.text(9)) else {
            throw StorageError(.damaged, "An application in the jobs store cannot be read; run codingahead check.")
        }
        return Application(
            id: row.text(0), posting: posting, account: row.text(2), name: row.text(3), email: row.text(4),
            phone: row.text(5), cover: row.text(6), resume: row.text(7), resumeName: row.text(8), stage: stage,
            note: row.text(10), at: UTCInstant(seconds: row.integer(11)))
    }
}
