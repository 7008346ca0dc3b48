package import Calendar
import GRDB
package import Mail
import Storage

extension JobsStore {
    /// A posting with what is to be shown of it.
    package struct Posting: Sendable, Equatable {
        package var record: PostingRecord
        package var employer: Employer
        /// The revision asked for: the live one, or the latest.
        package var content: PostingContent
        /// Its number.
        package var revision: Int
    }

    /// Makes a draft.
    ///
    /// - Throws: `PostingError.unknown` when the account does not work for the employer; `StorageError`.
    package func create(
        _ content: PostingContent, id: PostingID, employer: EmployerID, by agent: Agent, feedID: String = "",
        at now: UTCInstant
    ) async throws -> Posting {
        try await store.writer.write { database in
            guard try EmployerRows(database).role(of: agent, in: employer) != nil,
                let owner = try EmployerRows(database).find(employer)
            else { throw PostingError.unknown }
            let record = PostingRecord(
                id: id, employer: employer, life: PostingLife(validThrough: content.validThrough), live: 0, head: 1,
                createdAt: now, submittedAt: nil, updatedAt: now, feedID: feedID)
            let rows = PostingRows(database)
            try rows.insert(record, keys: DuplicateKeys(content, employerName: owner.name))
            try rows.insertRevision(content, number: 1, of: id, by: agent.account, at: now)
            return Posting(record: record, employer: owner, content: content, revision: 1)
        }
    }

    /// Adds a revision. A published posting keeps the approved one on the board until a moderator has read the new one.
    ///
    /// - Throws: `PostingError`: `unknown`, `stale` when `number` is not the latest revision.
    package func revise(
        _ id: PostingID, from number: Int, _ content: PostingContent, by agent: Agent, at now: UTCInstant
    ) async throws -> Posting {
        try await act(id, by: agent, at: now, keys: content) { record, rows in
            guard record.head == number else { throw PostingError.stale }
            record.head += 1
            try rows.insertRevision(content, number: record.head, of: id, by: agent.account, at: now)
            if record.life.state == .published {
                record.submittedAt = now
            } else {
                record.life.change(validThrough: content.validThrough)
            }
        }
    }

    /// Sends a posting to the moderators.
    ///
    /// - Throws: `PostingError`: `unverified`, `duplicate`, `invalid`, `wrongState`, `unknown`.
    package func submit(
        _ id: PostingID, by agent: Agent, rules: PostingRules, at now: UTCInstant
    ) async throws -> Posting {
        try await act(id, by: agent, at: now) { record, rows in
            guard let employer = try rows.employer(record.employer), employer.verifiedAt != nil else {
                throw PostingError.unverified
            }
            guard let content = try rows.revision(record.head, of: id) else { throw PostingError.unknown }
            let faults = rules.faults(content, isDraft: false)
            guard faults.isEmpty else { throw PostingError.invalid(faults) }
            try record.life.submit()
            if let found = try rows.duplicate(
                of: DuplicateKeys(content, employerName: employer.name), text: content.description, except: id)
            {
                throw PostingError.duplicate(of: found.id, why: found.why)
            }
            record.submittedAt = now
        }
    }

    /// Approves or rejects what waits, or takes a published posting down. The mails go out with it, or not at all.
    ///
    /// - Throws: `PostingError`: `stale` when `number` is not the latest revision, `wrongState`, `unknown`.
    package func moderate(
        _ id: PostingID, _ verdict: Verdict, revision number: Int, mails: [MailMessage] = [], at now: UTCInstant
    ) async throws -> Posting {
        try await act(id, by: nil, at: now) { record, rows in
            guard record.head == number else { throw PostingError.stale }
            for mail in mails { try Outbox.enter(mail, at: now.seconds, in: rows.database) }
            switch verdict {
            case .approve:
                if record.life.state == .published {
                    guard record.head > record.live, let content = try rows.revision(record.head, of: id) else {
                        throw PostingError.wrongState(.published, "approved")
                    }
                    record.life.change(validThrough: content.validThrough)
                } else {
                    try record.life.approve(at: now)
                }
                record.live = record.head
                record.submittedAt = nil
            case .reject(let reason):
                guard record.submittedAt != nil else { throw PostingError.wrongState(record.life.state, "rejected") }
                if record.life.state == .submitted { try record.life.reject(reason) }
                record.submittedAt = nil
            case .takeDown:
                try record.life.close(.moderated, at: now)
                record.submittedAt = nil
                try rows.forgetReports(of: id)
            case .dismissReports:
                try rows.forgetReports(of: id)
            }
        }
    }

    /// What a moderator decides.
    package enum Verdict: Sendable, Equatable {
        case approve
        case reject(String)
        case takeDown(String)
        case dismissReports
    }

    /// Closes an open posting.
    package func close(
        _ id: PostingID, _ reason: PostingLife.CloseReason, by agent: Agent, at now: UTCInstant
    ) async throws -> Posting {
        try await act(id, by: agent, at: now) { record, _ in
            try record.life.close(reason, at: now)
            record.submittedAt = nil
        }
    }

    /// Opens a posting until another day.
    package func renew(
        _ id: PostingID, through day: CalendarDate, by agent: Agent, at now: UTCInstant
    ) async throws -> Posting {
        try await act(id, by: agent, at: now) { record, _ in
            try record.life.renew(through: day, at: now)
            if record.life.state == .submitted { record.submittedAt = now }
        }
    }

    /// Takes back what waits for a moderator: it is a draft again. Nothing happens to what does not wait.
    package func withdraw(_ id: PostingID, by agent: Agent, at now: UTCInstant) async throws -> Posting {
        try await act(id, by: agent, at: now) { record, _ in
            record.life.withdraw()
            record.submittedAt = nil
        }
    }

    /// Throws a draft away.
    ///
    /// - Throws: `PostingError`: `wrongState` for anything but a draft, `unknown`.
    package func deleteDraft(_ id: PostingID, by agent: Agent) async throws {
        try await store.writer.write { database in
            let rows = PostingRows(database)
            guard let record = try rows.find(id),
                try EmployerRows(database).role(of: agent, in: record.employer) != nil
            else { throw PostingError.unknown }
            guard record.life.state == .draft else { throw PostingError.wrongState(record.life.state, "deleted") }
            try rows.delete(id)
        }
    }

    /// One act on a posting, in one transaction: found, allowed, changed, written.
    ///
    /// - Parameters:
    ///   - agent: who must work for the employer; nil: a moderator acts.
    ///   - keys: the content that the duplicate keys are made of anew.
    private func act(
        _ id: PostingID, by agent: Agent?, at now: UTCInstant, keys content: PostingContent? = nil,
        _ change: @escaping @Sendable (inout PostingRecord, PostingRows) throws -> Void
    ) async throws -> Posting {
        try await store.writer.write { database in
            let rows = PostingRows(database)
            guard var record = try rows.find(id), let employer = try EmployerRows(database).find(record.employer)
            else { throw PostingError.unknown }
            if let agent, try EmployerRows(database).role(of: agent, in: record.employer) == nil {
                throw PostingError.unknown
            }
            try change(&record, rows)
            record.updatedAt = now
            try rows.update(record, keys: content.map { DuplicateKeys($0, employerName: employer.name) })
            guard let posting = try rows.posting(record, number: record.head) else { throw PostingError.unknown }
            return posting
        }
    }
}
