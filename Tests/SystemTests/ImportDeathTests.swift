import Contracts
import Crypto
import Foundation
import RPC
import Support
import Testing

/// The sudden death of an import, and of Lookup during one: the published snapshot goes on serving, nothing is left lying about.
@Suite struct ImportDeathTests {
    /// Enough rows that an import in a debug build takes some seconds.
    private static let rows = 20_000

    @Test func `a killed import leaves the published snapshot serving, and the next one no debris`() async throws {
        try await RunningDesk.with([.lookup]) { desk in
            try Self.layOperatorsList(in: desk.folder)
            let channel = desk.client(.lookup)
            let lookup = LookupAPI.Client(channel)
            let before = try await lookup.listEditions(.init())
            var random = SeededGenerator(seed: 20)
            var killed = 0
            for _ in 0..<4 {
                let work = Self.importer(desk)
                try work.start()
                try await Self.untilBuilding(in: desk.folder, work)
                try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300, using: &random)))
                work.signal(SIGKILL)
                if try await work.ended() == -SIGKILL { killed += 1 }
                #expect(try await lookup.listEditions(.init()) == before)
                #expect(try await lookup.getCode(.init(system: "icd10cm", code: "A10")).code == "A10")
            }
            try #require(killed > 0, "every import had ended before it was killed: give it more rows")
            let whole = Self.importer(desk)
            try whole.start()
            let code = try await whole.ended()
            try #require(code == 0, "\(whole.output)")
            try await Self.eventually { try await lookup.getCode(.init(system: "icd10pcs", code: "0010000")).billable }
            let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path + "/lookup")
            #expect(names.filter { $0.hasPrefix("building") || $0.hasSuffix(".new") } == [])
            #expect(names.filter { $0.hasPrefix("snapshot-") && $0.hasSuffix(".sqlite") }.count == 2)
            await channel.close()
        }
    }

    @Test func `Lookup that is killed during an import comes back with what is published then`() async throws {
        try await RunningDesk.with([.lookup]) { desk in
            try Self.layOperatorsList(in: desk.folder)
            let channel = desk.client(.lookup)
            let lookup = LookupAPI.Client(channel)
            let work = Self.importer(desk)
            try work.start()
            try await Self.untilBuilding(in: desk.folder, work)
            desk[.lookup].signal(SIGKILL)
            try await desk[.lookup].ended()
            try desk[.lookup].start()
            try await desk.untilReady(.lookup)
            let options = CallOptions(waitForReady: true)
            #expect(try await lookup.listEditions(.init(), options: options).editions.isEmpty == false)
            let code = try await work.ended()
            try #require(code == 0, "\(work.output)")
            try await Self.eventually { try await lookup.getCode(.init(system: "icd10pcs", code: "0010000")).billable }
            await channel.close()
        }
    }

    private static func importer(_ desk: RunningDesk) -> ProgramProcess {
        ProgramProcess(
            "codingahead", arguments: ["data", "import", "--data", desk.folder.path],
            environment: ["PATH": "/usr/bin:/bin"], log: desk.folder.appending(path: "import.log"))
    }

    /// Waits until the import has begun its file.
    private static func untilBuilding(in folder: URL, _ work: ProgramProcess) async throws {
        let file = folder.path + "/lookup/building.sqlite"
        while !FileManager.default.fileExists(atPath: file) {
            try #require(work.isRunning, "the import ended: \(work.output)")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private static func eventually(_ holds: () async throws -> Bool) async throws {
        for _ in 0..<200 {
            do {
                if try await holds() { return }
            } catch let error as ServiceError where [.notFound, .invalidArgument, .unavailable].contains(error.kind) {
                // Not swapped in yet.
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("it did not come about in 10 s")
    }

    /// A list of made-up ICD-10-PCS codes and the operator's `sources.json` that makes an edition of it.
    private static func layOperatorsList(in folder: URL) throws {
        let digits = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        var text = ""
        for number in 0..<rows {
            let tail = [number / 39_304, number / 1156, number / 34, number].map { String(digits[$0 % 34]) }.joined()
            text += "001\(tail) Made-up procedure number \(number)\n"
        }
        let sources = folder.appending(path: "sources")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: sources.appending(path: "made-up-list.txt"))
        let sum = SHA256.hash(data: Data(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let list = """
            {"files": [{"id": "made-up", "file": "made-up-list.txt", "sha256": "\(sum.joined())",
                        "places": ["made-up-list.txt"], "from": "the test"}],
             "editions": [{"id": "made-up", "system": "icd10pcs", "layout": "icd10pcs-list", "name": "Made-up list",
                           "edition": "second", "effective": "2021-01-01", "file": "made-up", "rights": "None.",
                           "adds": "Nothing.", "billableCodes": \(rows)}],
             "wanted": []}
            """
        try Data(list.utf8).write(to: folder.appending(path: "sources.json"))
    }
}
