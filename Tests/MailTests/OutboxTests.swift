import Foundation
import Logging
import Mail
import Storage
import Support
import Testing

@Suite struct OutboxTests {
    /// Answers as it is told, and keeps what it was given.
    private struct Scripted: MailDelivery {
        let answers: Shared<[MailDeliveryError?]>
        let taken: Shared<[String]>

        func deliver(
            _ message: [UInt8], from sender: String, to recipient: String
        ) async throws(MailDeliveryError) {
            let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            if let answer { throw answer }
            taken.withLock { $0.append(String(decoding: message, as: UTF8.self)) }
        }
    }

    private static let sender = MailSender("desk@example.org")

    private func post(_ id: String = "a-1") -> MailMessage {
        MailMessage(id: id, kind: "verify", recipient: "coder@example.org", subject: "Hello", text: "secret link")
    }

    private func with(
        _ answers: [MailDeliveryError?] = [],
        _ body: (Store, Postman, Shared<Int64>, Shared<[String]>) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outbox-\(UUID().uuidString)")
        let store = try Store(
            StoreConfiguration(
                path: folder.appending(path: "mail.sqlite").path, migrations: [Outbox.migration("1 outbox")]))
        let now = Shared<Int64>(1_000_000)
        let taken = Shared<[String]>([])
        let postman = Postman(
            store: store, composer: MailComposer(from: try #require(Self.sender)),
            delivery: Scripted(answers: Shared(answers), taken: taken), now: { now.withLock { $0 } },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await body(store, postman, now, taken)
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }

    private func state(_ store: Store) throws -> [String] {
        try store.read { database in
            try database.all("SELECT state || ' ' || failures || ' ' || code || ' ' || text FROM outbox") { $0.text(0) }
        }
    }

    @Test func `a message is sent once, and its text is forgotten`() async throws {
        try await with { store, postman, _, taken in
            for _ in 1...2 {
                try await store.writer.write { try Outbox.enter(post(), at: 1_000_000, in: $0) }
            }
            #expect(try await postman.round() == 1)
            #expect(try await postman.round() == 0)
            #expect(taken.withLock { $0.count } == 1)
            #expect(try state(store) == ["1 0 0 "])
        }
    }

    private struct Undone: Error {}

    @Test func `what was rolled back sends nothing`() async throws {
        try await with { store, postman, _, taken async throws in
            let message = post()
            await #expect(throws: Undone.self) {
                try await store.writer.write { database in
                    try Outbox.enter(message, at: 1_000_000, in: database)
                    throw Undone()
                }
            }
            let due = try await postman.round()
            #expect(due == 0 && taken.withLock { $0.isEmpty })
        }
    }

    @Test func `a passing refusal is tried again later under the same Message-ID, a lasting one is a bounce`()
        async throws
    {
        let busy = MailDeliveryError(isPermanent: false, code: 451, "busy")
        let unknown = MailDeliveryError(isPermanent: true, code: 550, "no such user")
        try await with([busy, busy, nil, unknown]) { store, postman, now, taken in
            try await store.writer.write { try Outbox.enter(post(), at: 1_000_000, in: $0) }
            #expect(try await postman.round() == 1)
            #expect(try await postman.round() == 0)
            now.withLock { $0 += 60 }
            #expect(try await postman.round() == 1)
            now.withLock { $0 += 119 }
            #expect(try await postman.round() == 0)
            now.withLock { $0 += 1 }
            #expect(try await postman.round() == 1)
            #expect(taken.withLock { $0.count { $0.contains("Message-ID: <a-1@example.org>") } } == 1)
            let time = now.withLock { $0 }
            try await store.writer.write { try Outbox.enter(post("a-2"), at: time, in: $0) }
            #expect(try await postman.round() == 1)
            #expect(try state(store) == ["1 2 451 ", "2 0 550 "].map { $0.replacing("1 2 451", with: "1 2 0") })
            #expect(try store.read { try Outbox.isBouncing("coder@example.org", in: $0) })
        }
    }

    @Test func `nobody home for five days is a failure`() async throws {
        let away = MailDeliveryError(isPermanent: false, "no connection")
        try await with(Array(repeating: away, count: 100)) { store, postman, now, _ in
            try await store.writer.write { try Outbox.enter(post(), at: 1_000_000, in: $0) }
            var tries = 0
            while tries < 100, try await postman.round() == 1 {
                tries += 1
                now.withLock { $0 += RetryPlan.longest }
            }
            #expect((30...31).contains(tries))
            #expect(try state(store).first?.hasPrefix("3 ") == true)
        }
    }

    @Test func `without a relay messages land whole in a Maildir`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "maildir-\(UUID().uuidString)")
        let delivery = MaildirDelivery(folder: folder.path)
        for number in 1...3 {
            try await delivery.deliver(
                Array("Subject: \(number)\r\n\r\nbody\r\n".utf8), from: "desk@example.org", to: "a@example.org")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "new").path)
        #expect(names.count == 3)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tmp").path).isEmpty)
        let text = try String(contentsOf: folder.appending(path: "new/\(names[0])"), encoding: .utf8)
        #expect(text.hasPrefix("Return-Path: <desk@example.org>\r\nDelivered-To: a@example.org\r\nSubject: "))
        try FileManager.default.removeItem(at: folder)
    }
}
