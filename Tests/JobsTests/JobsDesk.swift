import Calendar
import Contracts
import Foundation
import Jobs
import Logging
import RPC
import Storage
import Support

/// Jobs as the program builds it, on a real store in a folder of its own, with a clock that tests set.
final class JobsDesk: Sendable {
    let folder: URL
    let store: JobsStore
    let handler: JobsHandler
    let accounts = AccountsStandIn()
    let clock: Shared<UTCInstant>
    let jobs: JobsAPI.Client
    let employers: EmployersAPI.Client
    let seekers: SeekersAPI.Client
    let moderation: ModerationAPI.Client

    /// Tuesday, 2026-11-24, 09:00.
    static let start = UTCInstant(startOf: CalendarDate("2026-11-24")!).adding(seconds: 9 * 3_600)

    init(now: UTCInstant = JobsDesk.start, records: DomainRecords = DomainRecords()) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jobs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let clock = Shared(now)
        var logger = Logger(label: "jobs-tests")
        logger.logLevel = .critical
        store = try JobsStore(path: folder.appendingPathComponent("jobs.sqlite").path)
        handler = try await JobsHandler(
            store: store, resumes: try ResumeFolder(path: folder.appendingPathComponent("resumes").path),
            letters: try JobsLetters(origin: "https://desk.example"),
            accounts: InProcessChannel(routes: StandingAPI.routes(accounts)), records: records,
            clock: WallClock { clock.current },
            logger: logger)
        let channel = InProcessChannel(routes: handler.routes)
        jobs = JobsAPI.Client(channel)
        employers = EmployersAPI.Client(channel)
        seekers = SeekersAPI.Client(channel)
        moderation = ModerationAPI.Client(channel)
        self.folder = folder
        self.clock = clock
        for account in ["owner", "other", "seeker", "reader"] { accounts.set(account) }
        accounts.set("moderator", roles: ["member", "moderator"])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var now: UTCInstant { clock.current }

    func advance(days: Int64 = 0, seconds: Int64 = 0) {
        clock.withLock { $0 = $0.adding(seconds: days * 86_400 + seconds) }
    }

    /// Options of a call in a session of an account.
    func by(_ account: String) -> CallOptions {
        CallOptions(timeout: .seconds(60), principal: Array("\(account) session handle".utf8))
    }

    static let operatorOptions = CallOptions(timeout: .seconds(120), principal: Array("operator tests".utf8))

    /// A caretaker whose links all lead to nothing public.
    var caretaker: Caretaker { Caretaker(handler, probe: LinkProbe(origin: "https://desk.example")) }

    /// An employer of `owner` whose domain is proven.
    func employer(_ domain: String = "clinic.example", name: String = "Clinic") async throws -> EmployerID {
        let made = try await employers.createEmployer(
            EmployersAPI.CreateEmployerRequest(name: name, domain: domain), options: by("owner"))
        let id = EmployerID(made.id)!
        _ = try await store.finishProof(of: id, at: now)
        return id
    }

    /// What can be submitted.
    func content(_ title: String = "Medical Coder", days: Int64 = 30) -> JobsAPI.JobContent {
        JobsAPI.JobContent(
            title: title, description: text(of: title),
            credentialsRequired: ["CPC"], specialties: ["cardiology"], setting: "professional", workplace: "remote",
            statesAllowed: ["TX", "OK"], employment: "full_time", hoursAWeek: 40,
            salary: JobsAPI.Salary(minimumCents: 2_800, maximumCents: 3_450, unit: "hour"), applyMethod: "form",
            validThrough: CalendarDate(daysSince1970: now.date.daysSince1970 + days).description)
    }

    /// A text of its own for each title, so that no two titles are duplicates by their text.
    private func text(of title: String) -> String {
        let words = [
            "chart", "query", "claim", "modifier", "record", "surgery", "clinic", "audit", "denial", "edit", "note",
            "diagnosis", "coverage", "visit", "team", "review", "quarter", "accuracy", "guideline", "payer", "policy",
            "encounter", "provider", "schedule", "charge", "registry", "evening", "remote", "mentor", "report",
        ]
        var chance = SeededGenerator(seed: title.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        return (0..<60).map { _ in words.randomElement(using: &chance)! }.joined(separator: " ") + "."
    }

    /// A published posting.
    func published(_ employer: EmployerID, _ content: JobsAPI.JobContent) async throws -> JobsAPI.Job {
        let draft = try await employers.createJob(
            EmployersAPI.CreateJobRequest(employerId: employer.text, content: content), options: by("owner"))
        let submitted = try await employers.submitJob(
            EmployersAPI.JobActRequest(id: draft.id), options: by("owner"))
        return try await moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(id: draft.id, verdict: "approve", revision: submitted.revision),
            options: by("moderator"))
    }

    /// The mails that wait, oldest first.
    func mails() throws -> [WaitingLetter] { try store.waitingLetters() }

    /// What kind of error a call ended with; nil when it went through.
    func refusal(_ call: () async throws -> some Any) async -> ServiceError? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error as? ServiceError
        }
    }
}
