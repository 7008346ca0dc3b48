import Contracts
import Foundation
import RPC
import Support
import Testing

/// From a coder's mail to the answer in the coder's mailbox: swaks, a real Postfix, LMTP, the desk's processes, and back by SMTP.
@Suite(.serialized, .enabled(if: MailServer.obstacle == nil, "\(MailServer.obstacle ?? "")"))
struct CaseMailTests {
    /// Mails of the burst: 200, or 1 000 with `LONG_TESTS`.
    private static var burst: Int { ProcessInfo.processInfo.environment["LONG_TESTS"] == nil ? 200 : 1_000 }
    private static let senders = 20
    /// What the issue allows a desk that is sent hostile mail, KiB.
    private static let mostMemory = 300 * 1_024
    private static let script = "Tests/Interop/mail.py"

    /// A desk behind a Postfix, with coder0 … coder19 as registered users on the professional plan.
    private func with(_ body: (RunningDesk, MailServer, _ smtp: Int) async throws -> Void) async throws {
        let (relay, lmtp, smtp) = (
            try await RunningDesk.freePort(), try await RunningDesk.freePort(), try await RunningDesk.freePort()
        )
        let server = try MailServer(port: relay, lmtp: lmtp)
        let settings = [
            "CODINGAHEAD_CASE_ADDRESS": "case@desk.example.org", "CODINGAHEAD_CASE_LMTP": "127.0.0.1:\(lmtp)",
            "CODINGAHEAD_CASE_SMTP": "127.0.0.1:\(smtp)", "CODINGAHEAD_MAIL_FROM": "Desk <desk@desk.example.org>",
            "CODINGAHEAD_SMTP": "127.0.0.1:\(relay)", "CODINGAHEAD_SMTP_TLS": "none",
        ]
        try await RunningDesk.with([.lookup, .accounts, .assistant], only: [.assistant: settings]) { desk in
            try await register(desk)
            try await body(desk, server, smtp)
        }
    }

    private func register(_ desk: RunningDesk) async throws {
        let channel = desk.client(.accounts)
        let administration = AdministrationAPI.Client(channel)
        let options = CallOptions(timeout: .seconds(30), principal: Array("operator test".utf8))
        for number in 0..<Self.senders {
            let made = try await administration.makeAccount(
                AdministrationAPI.MakeAccountRequest(
                    email: "coder\(number)@example.org", password: "correct horse battery", roles: ["consultant"]),
                options: options)
            _ = try await administration.setPlan(
                AdministrationAPI.SetPlanRequest(
                    accountId: made.account?.id ?? "", plan: "professional", reason: "test"), options: options)
        }
        await channel.close()
    }

    @Test func `a case sent with swaks is answered in its thread, in the mailbox, within three seconds`() async throws {
        try await with { desk, server, _ in
            var times: [Duration] = []
            for number in 0..<20 {
                let start = ContinuousClock.now
                try Command.run([
                    "/usr/bin/swaks", "--silent", "3", "--server", "127.0.0.1", "--port", "\(server.port)", "--from",
                    "coder\(number)@example.org", "--to", "case@desk.example.org", "--header",
                    "Subject: Case \(number)",
                    "--header", "Message-Id: <swaks-\(number)@example.org>", "--body", "What is A\(10 + number)?",
                ])
                let came = try await server.wait(for: number + 1, seconds: 20)
                try #require(came != nil, "\(desk[.assistant].output.suffix(2_000))")
                times.append(start.duration(to: .now))
            }
            let first = try #require(try server.mails().first { $0.contains("In-Reply-To: <swaks-0@example.org>") })
            #expect(first.contains("Subject: Re: Case 0") && first.contains("Auto-Submitted: auto-replied"))
            #expect(first.contains("multipart/alternative"))
            times.sort()
            print("mail in → answer in the mailbox: p50 \(times[10]), p95 \(times[18])")
            #expect(times[18] < .seconds(3))
        }
    }

    @Test func `of a burst of mails none is lost and none answered twice, also with kill -9 in the middle`()
        async throws
    {
        try await with { desk, server, _ in
            async let killed: Void = {
                // When some are answered, and many are not.
                _ = try await server.wait(for: Self.burst / 10, seconds: 120)
                desk[.assistant].signal(SIGKILL)
                try await desk[.assistant].ended()
                try desk[.assistant].start()
                try await desk.untilReady(.assistant)
            }()
            let start = ContinuousClock.now
            let taken = try Command.run([
                "/usr/bin/python3", Self.script, "burst", "\(server.port)", "\(Self.burst)", "\(Self.senders)",
            ])
            #expect(Int(taken.filter(\.isNumber)) == Self.burst)
            try await killed
            let came = try await server.wait(for: Self.burst, seconds: 240)
            #expect(came != nil, "\(desk[.assistant].output.suffix(2_000))")
            print("\(Self.burst) mails, a death among them: all answered after \(start.duration(to: .now))")
            // One more look, for answers that should not come.
            try await Task.sleep(for: .seconds(5))
            let mails = try server.mails()
            let answered = Dictionary(grouping: mails) { field("In-Reply-To", of: $0) }
            let expected = Set((0..<Self.burst).map { "<burst-\($0)@example.org>" })
            #expect(Set(answered.keys) == expected)
            for (question, answers) in answered {
                #expect(Set(answers.map { field("Message-ID", of: $0) }).count == 1, "\(question) has two answers")
            }
            // Between the relay's 250 and the note of it a death sends the one message under way again, with its Message-ID.
            #expect(mails.count <= Self.burst + 1)
            let cases = mails.filter { $0.contains("Subject: Re: Case") }
            #expect(cases.count == mails.count)
        }
    }

    @Test func `hostile mail is refused or handled, the desk stays up, and its memory small`() async throws {
        try await with { desk, server, smtp in
            let replies = try Command.run(["/usr/bin/python3", Self.script, "hostile", "\(smtp)"])
            print(replies)
            let lines = replies.split(separator: "\n")
            #expect(lines.count == 18)
            for line in lines {
                #expect(line.contains(": closed") || ["2", "4", "5"].contains { line.contains(": \($0)") }, "\(line)")
            }
            #expect(lines.contains { $0.hasPrefix("fifty megabytes: 552") })
            #expect(desk[.assistant].isRunning)
            let most = try memory(of: desk[.assistant])
            print("most memory of Assistant: \(most / 1_024) MiB")
            #expect(most <= Self.mostMemory)
            try Command.run([
                "/usr/bin/swaks", "--silent", "3", "--server", "127.0.0.1", "--port", "\(server.port)", "--from",
                "coder9@example.org", "--to", "case@desk.example.org", "--header",
                "Message-Id: <after@example.org>", "--body", "What is A10?",
            ])
            var isAnswered = false
            for _ in 0..<400 where !isAnswered {
                isAnswered = try server.mails().contains { $0.contains("In-Reply-To: <after@example.org>") }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(isAnswered)
            for mail in try server.mails() {
                #expect(!mail.contains("\nBcc:"), "a header was put in")
                #expect(mail.contains("To: <coder") || mail.contains("To: coder"))
            }
        }
    }

    private func field(_ name: String, of mail: String) -> String {
        let lines = mail.replacing("\r\n", with: "\n").replacing("\n ", with: " ").split(separator: "\n")
        let line = lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") } ?? ""
        return line.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces)
    }

    /// The most that a process has had, KiB.
    private func memory(of program: ProgramProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(try #require(program.pid))/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber)))
    }
}
