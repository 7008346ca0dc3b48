import Contracts
import Foundation
import RPC
import Testing

/// What an operator does with the real programs: backups of a running desk, a damaged store, the way back.
@Suite struct OperatorTests {
    /// Runs `codingahead` on the desk's data folder.
    private func codingahead(
        _ arguments: String..., desk: RunningDesk
    ) async throws -> (status: Int32, output: String) {
        let log = desk.folder.appending(path: "codingahead-\(UUID().uuidString).log")
        let program = ProgramProcess(
            "codingahead", arguments: arguments,
            environment: ["PATH": "/usr/bin:/bin", "CODINGAHEAD_DATA": desk.folder.path], log: log)
        try program.start()
        return (try await program.ended(), program.output)
    }

    @Test func `every store that the programs make is in a backup of the running desk, and comes back`() async throws {
        try await RunningDesk.with([.lookup, .accounts, .assistant, .jobs]) { desk in
            let channel = desk.client(.accounts)
            let accounts = AccountsAPI.Client(channel)
            _ = try await GrantDurabilityTests.open(accounts, guest: 1, item: "icd10cm/A10")
            let made = try await codingahead("backup", "--to", "\(desk.folder.path)/safe", desk: desk)
            #expect(made.status == 0, "\(made.output)")
            let folder = try #require(made.output.split(separator: "\n").last.map(String.init))
            let own = try FileManager.default.subpathsOfDirectory(atPath: desk.folder.path).filter {
                $0.hasSuffix(".sqlite") && !$0.hasPrefix("safe/") && !$0.hasPrefix("lookup/snapshot-")
            }
            let kept = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sqlite") }
            #expect(Set(kept) == Set(own), "a new store must be listed in BackupContents")
            let refused = try await codingahead("restore", folder, "--replace", desk: desk)
            #expect(refused.status == 1 && refused.output.contains("in use by process"), "\(refused.output)")

            // After the backup another guest comes; then the disk of Accounts is lost.
            _ = try await GrantDurabilityTests.open(accounts, guest: 2, item: "icd10cm/A10")
            desk[.accounts].signal(SIGKILL)
            try await desk[.accounts].ended()
            try FileManager.default.removeItem(at: desk.folder.appending(path: "accounts"))
            let restored = try await codingahead("restore", folder, "--only", "accounts", desk: desk)
            #expect(restored.status == 0, "\(restored.output)")
            try desk[.accounts].start()
            try await desk.untilReady(.accounts)
            let first = try await GrantDurabilityTests.open(accounts, guest: 1, item: "icd10cm/A10")
            #expect(first.outcome == .repeat)
            let second = try await GrantDurabilityTests.open(accounts, guest: 2, item: "icd10cm/A10")
            #expect(second.outcome == .granted, "what came after the backup is gone, and is no charge")
            let proof = try await AdministrationAPI.Client(channel).reconcile(
                .init(), options: CallOptions(timeout: .seconds(60), principal: Array("operator test".utf8)))
            #expect(proof.drift == 0)
            await channel.close()
        }
    }

    @Test func `a damaged store is refused with its path and the way back, and is left as it was`() async throws {
        try await RunningDesk.with([.accounts]) { desk in
            desk[.accounts].signal(SIGTERM)
            try await desk[.accounts].ended()
            let store = desk.folder.appending(path: "accounts/accounts.sqlite")
            var bytes = try Data(contentsOf: store)
            let middle = bytes.count / 2 / 4_096 * 4_096
            bytes.replaceSubrange(middle..<middle + 65_536, with: repeatElement(0xA5, count: 65_536))
            try bytes.write(to: store)
            try desk[.accounts].start()
            #expect(try await desk[.accounts].ended() == 1)
            let said = desk[.accounts].output
            #expect(said.contains(store.path) && said.contains("codingahead restore"), "\(said.suffix(500))")
            #expect(try Data(contentsOf: store) == bytes, "a damaged store is evidence")
            let check = try await codingahead("check", "--offline", desk: desk)
            #expect(check.status == 1)
            #expect(check.output.contains("--only accounts --replace"), "\(check.output)")
            let backup = try await codingahead("backup", desk: desk)
            #expect(backup.status == 1, "\(backup.output)")
            #expect(backup.output.contains("damaged") || backup.output.contains("malformed"), "\(backup.output)")
        }
    }

    @Test func `every program's metrics name what the alerts and the dashboard ask for`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let channel = desk.client(.accounts)
            _ = try await GrantDurabilityTests.open(AccountsAPI.Client(channel), guest: 1, item: "icd10cm/A10")
            await channel.close()
            let web = Web()
            _ = try await web.get("\(desk.origin)/codes/icd10cm/A10")
            var names: Set<String> = ["up"]
            var labels = ""
            try await eventually {
                for name in RunningDesk.Name.allCases {
                    let text = try await web.get("http://127.0.0.1:\((desk.ports[name] ?? 0) + 100)/metrics").body
                    labels += text
                    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                        names.insert(String(line.prefix { $0 != "{" && $0 != " " }))
                    }
                }
                return names.contains("mail_outbox_waiting") && names.contains("event_loop_lag_seconds_bucket")
            }
            for label in ["http_response_status_code=\"200\"", "code=\"ok\"", "store=\"accounts\"", "system=\"cpt\""] {
                #expect(labels.contains(label))
            }
            // Made when first needed: proven a minute after a start, when mail goes out, with certificates.
            let later: Set = ["accounts_ledger_drift", "mail_sent_total", "tls_certificate_expires_timestamp_seconds"]
            let folder = URL(filePath: FileManager.default.currentDirectoryPath).appending(path: "Services/Monitoring")
            for file in ["alerts.yml", "dashboard.json"] {
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                let asked = text.matches(
                    of:
                        /\b(codingahead|rpc|hb|http_server|store|event_loop|process|mail|lookup|accounts|tls)_[a-z_]+[a-z]\b/
                )
                #expect(asked.count > 10)
                for name in Set(asked.map { String($0.output.0) }) where !later.contains(name) {
                    #expect(names.contains(name), "\(file) asks for \(name)")
                }
            }
        }
    }
}
