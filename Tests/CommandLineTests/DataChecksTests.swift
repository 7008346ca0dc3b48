import Foundation
import Runtime
import Testing

@testable import CommandLine

@Suite("Checking the data folder")
struct DataChecksTests {
    @Test("A folder that is missing, and one without code sets, are told with what to do")
    func missing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "check-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let checks = DataChecks(settings: try Settings(environment: ["CODINGAHEAD_DATA": folder.path]))
        let absent = try #require(checks.findings().first { $0.subject == "data folder" })
        #expect(absent.verdict == .bad && absent.says.contains("Services/run"))

        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let findings = checks.findings()
        #expect(findings.first { $0.subject == "data folder" }?.verdict == .good)
        let sets = try #require(findings.first { $0.subject == "code sets" })
        #expect(sets.verdict == .bad && sets.says.contains("codingahead data import"))
        let stores = StoreChecks(settings: checks.settings).findings()
        #expect(stores.count == 5 && stores.allSatisfy { $0.verdict == .notice })
    }
}
