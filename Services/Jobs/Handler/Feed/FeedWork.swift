import Calendar
import Contracts

/// One run of a feed: each job is an act of its own, so that one that is refused keeps none of the others back, and a run
/// that is cut short is put right by the next.
struct FeedWork {
    /// A job that was not taken.
    struct Refusal {
        let id: String
        let title: String
        let message: String
    }

    let handler: JobsHandler
    let employer: Employer
    let agent: Agent
    let isDry: Bool

    private(set) var created: UInt32 = 0
    private(set) var changed: UInt32 = 0
    private(set) var unchanged: UInt32 = 0
    private(set) var closed: UInt32 = 0
    private(set) var refused: [Refusal] = []

    init(handler: JobsHandler, employer: Employer, agent: Agent, isDry: Bool) {
        self.handler = handler
        self.employer = employer
        self.agent = agent
        self.isDry = isDry
    }

    /// Takes all jobs, then closes what the feed no longer names.
    mutating func run(_ jobs: [FeedJob]) async throws {
        var named: Set<String> = []
        for job in jobs {
            guard !job.id.isEmpty, job.id.utf8.count <= FeedJob.idLimit else {
                refuse(job, "It has no id (referencenumber, identifier) of at most \(FeedJob.idLimit) characters.")
                continue
            }
            guard named.insert(job.id).inserted else {
                refuse(job, "Another job of the feed has the same id.")
                continue
            }
            do {
                try await take(job)
            } catch let error as PostingError {
                refuse(job, Self.words(error))
            }
        }
        for record in try handler.store.feedPostings(of: employer.id) where !named.contains(record.feedID) {
            closed += 1
            if isDry { continue }
            if record.life.state == .published {
                let posting = try await handler.store.close(record.id, .withdrawn, by: agent, at: handler.clock.now)
                try handler.follow(posting)
            } else {
                _ = try await handler.store.withdraw(record.id, by: agent, at: handler.clock.now)
            }
        }
    }

    private mutating func take(_ job: FeedJob) async throws {
        let now = handler.clock.now
        var reading = ContentReading(places: handler.store.places)
        let content = try reading.content(job.content, today: now.date)
        let faults = reading.faults + handler.rules.faults(content, isDraft: false)
        guard faults.isEmpty else { throw PostingError.invalid(faults) }
        guard let known = try handler.store.feedPosting(job.id, of: employer.id) else {
            return try await add(job, content)
        }
        // A feed without last days gets a new one each time: that alone is no change.
        var compared = known.content
        if job.content.validThrough.isEmpty { compared.validThrough = content.validThrough }
        let isSame = compared == content && known.record.life.state != .draft && known.record.life.state != .closed
        if isSame, known.record.life.validThrough >= now.date {
            unchanged += 1
            return
        }
        changed += 1
        if isDry { return }
        let id = known.record.id
        if compared != content {
            _ = try await handler.store.revise(id, from: known.record.head, content, by: agent, at: now)
        }
        switch known.record.life.state {
        case .draft, .rejected: _ = try await handler.store.submit(id, by: agent, rules: handler.rules, at: now)
        case .closed:
            // What a moderator took down waits for a moderator again.
            let renewed = try await handler.store.renew(id, through: content.validThrough, by: agent, at: now)
            try handler.follow(renewed)
        case .submitted, .published: break
        }
    }

    private mutating func add(_ job: FeedJob, _ content: PostingContent) async throws {
        if isDry {
            if let found = try handler.store.duplicate(of: content, employer: employer) {
                throw PostingError.duplicate(of: found.id, why: found.why)
            }
            created += 1
            return
        }
        var chance = SystemRandomNumberGenerator()
        let id = PostingID(using: &chance)
        _ = try await handler.store.create(
            content, id: id, employer: employer.id, by: agent, feedID: job.id, at: handler.clock.now)
        do {
            _ = try await handler.store.submit(id, by: agent, rules: handler.rules, at: handler.clock.now)
        } catch let error as PostingError {
            try await handler.store.deleteDraft(id, by: agent)
            throw error
        }
        created += 1
    }

    private mutating func refuse(_ job: FeedJob, _ message: String) {
        refused.append(Refusal(id: job.id, title: String(job.content.title.prefix(120)), message: message))
    }

    private static func words(_ error: PostingError) -> String {
        if case .invalid(let faults) = error {
            return faults.map { "\($0.field): \($0.message)" }.joined(separator: " ")
        }
        return error.words
    }
}
