import Contracts
import Foundation
import Logging
import NIOCore
import NIOPosix
import RPC
import Storage
import Testing

@testable import Lookup

/// The five programs as processes, on free ports of 127.0.0.1, with stores of their own in a temporary folder and a small snapshot of
/// hand-made codes.
final class RunningDesk: Sendable {
    enum Name: String, CaseIterable {
        case lookup = "Lookup", accounts = "Accounts", assistant = "Assistant", jobs = "Jobs", gateway = "Gateway"
    }

    let folder: URL
    let origin: String
    let ports: [Name: Int]
    /// The settings of every program.
    let environment: [String: String]
    private let programs: [Name: ProgramProcess]

    /// Codes that the snapshot holds, beside 20975.
    static let codes = (0..<40).map { "A\($0 + 10)" }

    /// - Parameter settings: further ones, of all programs; `only`: of single ones, beside those.
    init(settings: [String: String] = [:], only: [Name: [String: String]] = [:]) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var ports: [Name: Int] = [:]
        for name in Name.allCases { ports[name] = try await RunningDesk.freePort() }
        self.ports = ports
        origin = "http://127.0.0.1:\(ports[.gateway] ?? 0)"
        var environment = ["PATH": "/usr/bin:/bin", "CODINGAHEAD_DATA": folder.path, "CODINGAHEAD_DRAIN_GRACE": "10s"]
        environment["CODINGAHEAD_HTTP"] = "127.0.0.1:\(ports[.gateway] ?? 0)"
        for name in Name.allCases where name != .gateway {
            environment["CODINGAHEAD_\(name.rawValue.uppercased())"] = "127.0.0.1:\(ports[name] ?? 0)"
        }
        environment.merge(settings) { _, new in new }
        self.environment = environment
        var programs: [Name: ProgramProcess] = [:]
        for name in Name.allCases {
            programs[name] = ProgramProcess(
                name.rawValue, environment: environment.merging(only[name] ?? [:]) { $1 },
                log: folder.appending(path: "\(name.rawValue).log"))
        }
        self.programs = programs
        try RunningDesk.publish(in: folder.path)
    }

    /// Starts programs, runs the test, stops them; on a failure their logs are shown.
    static func with(
        _ names: [Name], settings: [String: String] = [:], only: [Name: [String: String]] = [:],
        _ body: (RunningDesk) async throws -> Void
    ) async throws {
        let desk = try await RunningDesk(settings: settings, only: only)
        do {
            for name in names { try desk[name].start() }
            for name in names { try await desk.untilReady(name) }
            try await body(desk)
        } catch {
            for name in names { print("--- \(name.rawValue)\n\(desk[name].output.suffix(2000))") }
            await desk.stop()
            throw error
        }
        await desk.stop()
    }

    subscript(_ name: Name) -> ProgramProcess {
        guard let program = programs[name] else { fatalError("every program is there") }
        return program
    }

    func client(_ name: Name) -> Client {
        var configuration = ClientConfiguration(target: "127.0.0.1:\(ports[name] ?? 0)")
        configuration.backoff = .milliseconds(20)
        configuration.longestBackoff = .milliseconds(100)
        return Client(configuration: configuration)
    }

    /// Waits up to 30 s until a program answers `/readyz` with 200.
    func untilReady(_ name: Name) async throws {
        let port = (ports[name] ?? 0) + 100
        for _ in 0..<600 {
            if let status = await Web.status("http://127.0.0.1:\(port)/readyz"), status == 200 { return }
            try #require(self[name].isRunning, "\(name.rawValue) ended: \(self[name].output.suffix(2000))")
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("\(name.rawValue) is not ready: \(self[name].output.suffix(2000))")
    }

    private func stop() async {
        for program in programs.values { program.signal(SIGKILL) }
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// A port that is free, and the one 100 above it too.
    static func freePort() async throws -> Int {
        for _ in 0..<100 {
            let port = Int.random(in: 20_000...30_000)
            var listeners: [any Channel] = []
            for candidate in [port, port + 100] {
                do {
                    listeners.append(
                        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                            .bind(host: "127.0.0.1", port: candidate).get())
                } catch {
                    continue
                }
            }
            for listener in listeners { try await listener.close() }
            if listeners.count == 2 { return port }
        }
        fatalError("no free port in a hundred tries")
    }

    /// Publishes a snapshot; `note` tells editions apart.
    static func publish(in folder: String, note: String = "first") throws {
        let store = SnapshotStore(dataFolder: folder)
        _ = try store.importSnapshot(importedAt: Int64(Date().timeIntervalSince1970)) { builder in
            try builder.begin(edition(.icd10cm, note))
            try builder.add(code("1", "Made-up chapter", billable: false))
            for name in codes {
                try builder.add(code(name, "Made-up condition \(name)", parent: "1"))
                try builder.add(
                    NoteRecord(code: name, kind: .excludes1, label: "", text: "secret guideline of \(name)"))
            }
            var report = ImportReport()
            report.rowsRead = codes.count + 1
            report.rowsKept = codes.count + 1
            try builder.end(report)
            try builder.begin(edition(.cpt, note))
            try builder.add(code("20975", "Sample procedure", parent: nil))
            try builder.add(
                TextRecord(code: "20975", block: "official", text: "Sample official text", rights: "© Owner"))
            try builder.add(
                TextRecord(code: "20975", block: "common", text: "Sample common text", rights: "© Operator"))
            report.rowsRead = 1
            report.rowsKept = 1
            try builder.end(report)
        }
    }

    private static func edition(_ system: CodeSystem, _ note: String) -> EditionRecord {
        EditionRecord(
            system: system, sourceName: "Made-up list", file: "made-up.txt", edition: note,
            effective: Day(number: 2020_01_01)!, end: nil, sha256: String(repeating: "0", count: 64), rights: "None.")
    }

    private static func code(_ code: String, _ title: String, billable: Bool = true, parent: String?) -> CodeRecord {
        CodeRecord(
            code: code, parent: parent, title: title, shortTitle: "", billable: billable, added: nil, retired: nil)
    }

    private static func code(_ name: String, _ title: String, billable: Bool) -> CodeRecord {
        code(name, title, billable: billable, parent: nil)
    }
}
