import Contracts
import Foundation
import Logging
import Mail
import RPC
import Runtime
import Storage
import Support
import Testing

@testable import Assistant

@Suite("Cases by mail")
struct CaseTests {
    /// Accounts' directory as a table; it can be away.
    struct Senders: SenderDirectory {
        let isAway = Shared(false)

        func account(of address: String, options: CallOptions) async throws(ServiceError) -> SenderAccount? {
            if isAway.current { throw ServiceError(.unavailable, "away") }
            if address.hasPrefix("stranger") { return nil }
            return SenderAccount(id: "A-\(address)", isSuspended: address.hasPrefix("suspended"))
        }
    }

    /// A desk that takes mail, with its worker in the test's hands.
    struct MailDesk {
        let desk: PilotDesk
        let senders = Senders()
        let intake: CaseIntake
        let worker: CaseWorker
        let consultant: ConsultantHandler

        init(
            limit: UInt32 = 10_000, _ change: (inout MailPolicy) -> Void = { _ in }, folder: URL? = nil,
            now: @escaping @Sendable () -> Int64 = { PilotDesk.now }
        ) async throws {
            desk = try PilotDesk(lookup: SamplePages.lookup, limit: limit, folder: folder)
            try await desk.takeManual()
            var policy = MailPolicy(address: "case@example.org")
            change(&policy)
            let logger = Logger(label: "test")
            let surroundings = Surroundings(now: now, randomBytes: Surroundings.system.randomBytes)
            intake = CaseIntake(
                store: desk.store, policy: policy, surroundings: surroundings, logger: logger, arrived: {})
            worker = CaseWorker(
                store: desk.store, answerer: desk.handler.answerer, quota: desk.handler.quota, senders: senders,
                policy: policy, letters: CaseLetters(origin: "http://desk"), surroundings: surroundings, logger: logger,
                arrivals: AsyncStream { $0.finish() })
            consultant = ConsultantHandler(
                store: desk.store, origin: "http://desk", address: policy.address, surroundings: surroundings,
                logger: logger)
        }

        func send(
            _ text: String, subject: String = "Question", from: String = "coder@example.org",
            id: String = "m1@example.org",
            more: String = ""
        ) async -> String {
            let message =
                "From: \(from)\r\nTo: case@example.org\r\nSubject: \(subject)\r\nMessage-ID: <\(id)>\r\n\(more)\r\n\(text)\r\n"
            return await intake.take(
                .init(sender: from, recipients: ["case@example.org"]), Array(message.utf8))
        }

        func outbox() throws -> [MailMessage] {
            try desk.store.store.read { database in
                try Outbox.due(at: .max, limit: 5_000, in: database).map(\.message)
            }
        }

        func cases(_ account: String = "A-coder@example.org") throws -> [CaseRow] {
            try desk.store.cases(of: account, limit: 5_000)
        }
    }

    @Test("A case is answered in its thread, cited, as text and HTML, and charged once")
    func answered() async throws {
        let mail = try await MailDesk()
        #expect(await mail.send("What is E11.9?").hasPrefix("250"))
        await mail.worker.round()
        let reply = try #require(try mail.outbox().first)
        #expect(reply.recipient == "coder@example.org" && reply.subject == "Re: Question")
        #expect(reply.headers.contains(MailHeader("In-Reply-To", "<m1@example.org>")))
        #expect(reply.headers.contains(MailHeader("Auto-Submitted", "auto-replied")))
        #expect(
            reply.text.contains("E11.9 is the ICD-10-CM code “Type 2 diabetes mellitus without complications”. [1]"))
        #expect(reply.text.contains("[1] ICD-10-CM E11.9") && reply.html.contains("<li>[1] ICD-10-CM E11.9"))
        let row = try #require(try mail.cases().first)
        #expect(row.state == .answered && reply.text.contains(row.trace))
        #expect(mail.desk.accounts.kept == 1)
        await mail.worker.round()
        #expect(try mail.outbox().count == 1)
    }

    @Test("The same Message-ID is one case, however often it comes, also after a restart")
    func deduplicated() async throws {
        let mail = try await MailDesk()
        for _ in 0..<3 { #expect(await mail.send("What is E11.9?").hasPrefix("250")) }
        await mail.worker.round()
        try mail.desk.store.close()
        try mail.desk.knowledge.close()
        let again = try await MailDesk(folder: mail.desk.folder)
        #expect(await again.send("What is E11.9?").hasPrefix("250"))
        await again.worker.round()
        #expect(try again.outbox().count == 1)
        #expect(try again.cases().count == 1)
    }

    @Test("What was taken before a crash is answered after it, once")
    func crash() async throws {
        let mail = try await MailDesk()
        _ = await mail.send("What is E11.9?")
        // The worker never ran: as after kill -9.
        try mail.desk.store.close()
        try mail.desk.knowledge.close()
        let again = try await MailDesk(folder: mail.desk.folder)
        await again.worker.round()
        await again.worker.round()
        #expect(try again.outbox().map(\.kind) == ["case-answer"])
    }

    @Test("While Accounts is away a case waits; nothing is lost and nothing is answered twice")
    func away() async throws {
        let time = Shared(PilotDesk.now)
        let mail = try await MailDesk(now: { time.current })
        _ = await mail.send("What is E11.9?")
        mail.senders.isAway.withLock { $0 = true }
        await mail.worker.round()
        #expect(try mail.outbox().isEmpty)
        mail.senders.isAway.withLock { $0 = false }
        await mail.worker.round()
        #expect(try mail.outbox().isEmpty, "it is not due yet")
        time.withLock { $0 += 60 }
        await mail.worker.round()
        #expect(try mail.outbox().count == 1)
    }

    @Test("A stranger gets one polite refusal a day, or nothing", arguments: [CaseStrangers.refuse, .ignore])
    func strangers(strangers: CaseStrangers) async throws {
        let mail = try await MailDesk { $0.strangers = strangers }
        for number in 0..<3 {
            _ = await mail.send("What is E11.9?", from: "stranger@x.org", id: "s\(number)@x.org")
            await mail.worker.round()
        }
        #expect(try mail.outbox().map(\.kind) == (strangers == .refuse ? ["case-stranger"] : []))
        #expect(mail.desk.accounts.used == 0)
    }

    @Test("A forged or suspended sender is not answered")
    func forged() async throws {
        let mail = try await MailDesk { $0.trustedServer = "mx.desk.org" }
        _ = await mail.send("What is E11.9?", more: "Authentication-Results: mx.desk.org; dmarc=fail\r\n")
        _ = await mail.send("What is E11.9?", from: "suspended@x.org", id: "m2@x.org")
        await mail.worker.round()
        #expect(try mail.outbox().isEmpty)
    }

    @Test("Patient identifiers are removed before anything is kept, or the mail is refused; the sender is told")
    func identifiers() async throws {
        let text = "Patient: Jane Doe, DOB 01/02/1950. What is E11.9?"
        let mail = try await MailDesk()
        _ = await mail.send(text)
        await mail.worker.round()
        let row = try #require(try mail.cases().first)
        #expect(row.isRedacted && !row.text.contains("Jane") && row.state == .answered)
        #expect(try mail.outbox().first?.text.contains("Never send patient identifiers") == true)
        let strict = try await MailDesk { $0.identifiers = .refuse }
        _ = await strict.send(text)
        await strict.worker.round()
        #expect(try strict.cases().first?.text == "")
        #expect(try strict.outbox().map(\.kind) == ["case-refusal"])
        for file in ["assistant.sqlite", "assistant.sqlite-wal"] {
            for desk in [mail.desk, strict.desk] {
                let bytes = FileManager.default.contents(atPath: desk.folder.path + "/" + file) ?? Data()
                #expect(bytes.range(of: Data("Jane".utf8)) == nil)
            }
        }
    }

    @Test("What the sources do not answer waits for a person, whose reply goes out in the thread; nothing is charged")
    func queue() async throws {
        let mail = try await MailDesk()
        _ = await mail.send("qwer asdf zxcv", subject: "Hmm")
        await mail.worker.round()
        #expect(mail.desk.accounts.kept == 0 && mail.desk.accounts.givenBack == 1)
        let client = ConsultantAPI.Client(InProcessChannel(routes: ConsultantAPI.routes(mail.consultant)))
        let refused = await #expect(throws: ServiceError.self) {
            try await client.listQueue(ConsultantAPI.ListQueueRequest())
        }
        #expect(refused?.kind == .permissionDenied)
        let waiting = try #require(
            try await client.listQueue(ConsultantAPI.ListQueueRequest(consultant: "C1")).cases.first)
        let request = ConsultantAPI.ReplyToCaseRequest(
            id: waiting.id, text: "It is Z00.\n\nSee the note.", consultant: "C1")
        #expect(try await client.replyToCase(request).state == "replied")
        #expect(try mail.outbox().map(\.kind) == ["case-reply", "case-waiting"].sorted() || mail.outbox().count == 2)
        let again = await #expect(throws: ServiceError.self) { try await client.replyToCase(request) }
        #expect(again?.kind == .failedPrecondition)
    }

    @Test("Another's case is not found")
    func foreign() async throws {
        let mail = try await MailDesk()
        _ = await mail.send("What is E11.9?")
        await mail.worker.round()
        let id = try #require(try mail.cases().first?.id)
        let client = ConsultantAPI.Client(InProcessChannel(routes: ConsultantAPI.routes(mail.consultant)))
        let own = try await client.getCase(
            ConsultantAPI.GetCaseRequest(id: id), options: PilotDesk.options(account: "A-coder@example.org"))
        #expect(own.answer?.answer.isEmpty == false)
        let error = await #expect(throws: ServiceError.self) {
            try await client.getCase(ConsultantAPI.GetCaseRequest(id: id), options: PilotDesk.options(account: "A2"))
        }
        #expect(error?.kind == .notFound)
    }

    @Test("Without a case left the sender is told when the meter starts again")
    func limit() async throws {
        let mail = try await MailDesk(limit: 1)
        _ = await mail.send("What is E11.9?")
        await mail.worker.round()
        _ = await mail.send("What is Q9001?", id: "m2@example.org")
        await mail.worker.round()
        #expect(try mail.outbox().contains { $0.kind == "case-refusal" && $0.text.contains("limit of 1 is used") })
    }

    @Test("A follow-up in the thread leans on the case before it")
    func thread() async throws {
        let mail = try await MailDesk()
        _ = await mail.send("Can Q9001 and Q9002 be billed together?", subject: "Lesions")
        await mail.worker.round()
        let first = try #require(try mail.outbox().first)
        _ = await mail.send(
            "And with modifier 59?", subject: "Re: Lesions", id: "m2@example.org",
            more: "References: <m1@example.org> <\(first.id)@desk.example.org>\r\n")
        await mail.worker.round()
        #expect(try mail.outbox().contains { $0.text.contains("Append modifier 59 only when a separate lesion") })
    }

    @Test("A thousand mails in a burst are each answered once")
    func burst() async throws {
        let mail = try await MailDesk()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<1_000 {
                group.addTask {
                    // Twice each, as a server does that lost the reply.
                    for _ in 0..<2 {
                        _ = await mail.send(
                            "What is E11.9?", from: "coder\(number % 100)@example.org", id: "b\(number)@example.org")
                    }
                }
            }
        }
        while try !mail.desk.store.dueCases(at: PilotDesk.now, limit: 1).isEmpty { await mail.worker.round() }
        let sent = try mail.outbox()
        #expect(sent.count == 1_000 && Set(sent.map(\.id)).count == 1_000)
        #expect(mail.desk.accounts.kept == 1_000)
    }
}
