import Foundation
import Testing

@testable import Lookup

/// `codingahead` beside the programs that it calls.
@Suite struct AdministrationCommandTests {
    @Test func `seats and offers are set by the operator, said back, kept and written to the audit log`() async throws {
        try await RunningDesk.with([.lookup, .accounts, .assistant, .jobs, .gateway]) { desk in
            let owner = try await Person("owner", at: desk)
            let made = try await owner.done("POST", "/v1/organisations", #"{"name":"North Clinic"}"#)
            let organisation = try #require(made.word("id"))
            let seats = try await desk.codingahead(
                "admin", "seats", organisation, "7", "--licensed", "2", "--reason", "an invoice is paid")
            #expect(seats.code == 0 && seats.output == "North Clinic: 7 seats\n", "\(seats)")
            let read = try await owner.done("GET", "/v1/organisations/\(organisation)")
            #expect(read.body.contains(#""seats":7"#) && read.body.contains(#""licensedSeats":2"#))
            for wrong in ["0", "1001"] {
                let refused = try await desk.codingahead(
                    "admin", "seats", organisation, wrong, "--reason", "a slip of the hand")
                #expect(refused.code == 1 && refused.complaints.contains("seats"), "\(wrong): \(refused)")
            }
            let nowhere = try await desk.codingahead("admin", "seats", "nothing", "7", "--reason", "none")
            #expect(nowhere.code == 1 && nowhere.output.isEmpty && !nowhere.complaints.isEmpty)

            let offer = try await desk.codingahead(
                "admin", "offers", "team-year", "--interval", "year", "--amount", "99000", "--trial-days", "14",
                "--team")
            #expect(offer.code == 0, "\(offer)")
            let line = try #require(offer.output.split(separator: "\n").first { $0.hasPrefix("team-year") })
            let words = line.split(separator: " ").map(String.init)
            #expect(words == ["team-year", "professional", "99000", "USD", "a", "year", "14", "team", "sold"])
            let withdrawn = try await desk.codingahead(
                "admin", "offers", "team-year", "--interval", "year", "--amount", "99000", "--team", "--withdrawn")
            #expect(withdrawn.output.contains("withdrawn"))
            let odd = try await desk.codingahead(
                "admin", "offers", "odd", "--interval", "fortnight", "--amount", "1")
            #expect(odd.code == 1 && odd.complaints.contains("interval"), "\(odd)")

            let audit = try await desk.codingahead("admin", "audit")
            #expect(audit.code == 0 && audit.output.contains("an invoice is paid"), "\(audit)")
            #expect(audit.output.contains("team-year") && audit.output.contains("operator"))
        }
    }

    @Test func `a new edition is announced to whoever watches a code that it changed, once`() async throws {
        try await RunningDesk.with([.lookup, .accounts, .assistant, .jobs, .gateway]) { desk in
            let (watcher, other) = (try await Person("watcher", at: desk), try await Person("other", at: desk))
            for (person, code) in [(watcher, "A10"), (other, "A11")] {
                _ = try await person.done(
                    "POST", "/v1/me/desk/codes", #"{"code":"icd10cm/\#(code)","change":"watch","on":true}"#)
            }
            let alone = try await desk.codingahead("data", "announce")
            #expect(alone.code == 0 && alone.output.contains("nobody is told"), "\(alone)")
            try Self.publishTwoEditions(in: desk.folder.path)
            var told = alone
            let end = ContinuousClock.now + .seconds(20)
            while !told.output.contains("changes"), ContinuousClock.now < end {
                told = try await desk.codingahead("data", "announce")
                #expect(told.code == 0, "\(told)")
            }
            #expect(told.output.contains("2 changes, 1 mails"), "\(told)")
            let mail = try await desk.mail(with: "watcher@example.org")
            #expect(mail.contains("A10") && mail.contains("Made-up condition, said anew") && !mail.contains("A12"))
            let again = try await desk.codingahead("data", "announce")
            #expect(again.code == 0 && again.output.contains("2 changes, 0 mails"), "\(again)")

            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            let away = try await desk.codingahead("data", "announce")
            #expect(away.code == 1 && !away.complaints.isEmpty)
        }
    }

    @Test func `over TLS the operator's certificate opens what commands need, and without it nothing is open`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "operator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let certificates = folder.appending(path: "certificates").path
        let made = try await OperatorCommand(environment: ["PATH": "/usr/bin:/bin", "CODINGAHEAD_DATA": folder.path])(
            "certificates", "--folder", certificates)
        #expect(made.code == 0, "\(made)")
        let settings = ["CODINGAHEAD_TLS_FOLDER": certificates, "CODINGAHEAD_TLS_CALLERS": certificates + "/callers"]
        try await RunningDesk.with(RunningDesk.Name.allCases, settings: settings) { desk in
            let created = try await desk.codingahead(
                "admin", "create", "root@example.org", input: "correct horse battery\n")
            #expect(created.code == 0 && created.output.contains("administrator"), "\(created)")
            for command in [["admin", "find", "root"], ["data", "announce"], ["knowledge", "list"]] {
                let done = try await Self.run(desk.codingahead, command)
                #expect(done.code == 0, "\(command): \(done)")
            }
            let demo = try await desk.codingahead("jobs", "demo", "--postings", "5")
            #expect(demo.code == 0 && demo.output.contains("Made 5 postings"), "\(demo)")

            var plain = desk.environment
            for name in settings.keys { plain[name] = nil }
            for command in [["admin", "find", "root"], ["data", "announce"], ["jobs", "demo", "--remove"]] {
                let refused = try await Self.run(OperatorCommand(environment: plain), command)
                #expect(refused.code == 1, "\(command): \(refused)")
            }
            plain["CODINGAHEAD_TLS_FOLDER"] = folder.appending(path: "nothing").path
            let wrong = try await OperatorCommand(environment: plain)("admin", "find", "root")
            #expect(wrong.code == 78 && wrong.complaints.contains("nothing"), "\(wrong)")
        }
    }

    private static func run(
        _ codingahead: OperatorCommand, _ words: [String]
    ) async throws -> OperatorCommand.Result {
        switch words.count {
        case 2: try await codingahead(words[0], words[1])
        default: try await codingahead(words[0], words[1], words[2])
        }
    }

    /// Two editions of ICD-10-CM: the second says one code anew and adds another.
    private static func publishTwoEditions(in folder: String) throws {
        _ = try SnapshotStore(dataFolder: folder).importSnapshot(importedAt: Int64(Date().timeIntervalSince1970)) {
            builder in
            for (name, from) in [("FY1", 2020_01_01), ("FY2", 2021_01_01)] {
                let isNew = name == "FY2"
                try builder.begin(
                    EditionRecord(
                        system: .icd10cm, sourceName: "Made-up list", file: "\(name).txt", edition: name,
                        effective: Day(number: from)!, end: nil, sha256: String(repeating: "0", count: 64),
                        rights: "None."))
                try builder.add(code("1", "Made-up chapter", parent: nil))
                try builder.add(code("A10", isNew ? "Made-up condition, said anew" : "Made-up condition A10"))
                try builder.add(code("A11", "Made-up condition A11"))
                if isNew { try builder.add(code("A12", "Made-up addition")) }
                var report = ImportReport()
                report.rowsRead = isNew ? 4 : 3
                report.rowsKept = report.rowsRead
                try builder.end(report)
            }
        }
    }

    private static func code(_ code: String, _ title: String, parent: String? = "1") -> CodeRecord {
        CodeRecord(
            code: code, parent: parent, title: title, shortTitle: "", billable: parent != nil, added: nil, retired: nil)
    }
}
