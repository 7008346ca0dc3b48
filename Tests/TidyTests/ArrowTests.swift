import Testing

@Suite("The arrows between modules")
struct ArrowTests {
    static let services = ["Lookup", "Assistant", "Accounts", "Jobs", "Gateway", "CommandLine"]

    /// A library and the only folders whose files may import it; tests may import anything.
    static let homes: [(module: String, folders: [String])] = [
        ("Hummingbird", ["Services/Gateway/"]), ("Mustache", ["Services/Gateway/", "Shared/Mail/"]),
        ("ArgumentParser", ["Services/CommandLine/"]),
        ("CMime", ["Services/Assistant/"]),
        ("CSodium", ["Services/Accounts/"]), ("CZlib", ["Services/Lookup/", "Services/Gateway/HTTP/"]),
        ("CCurl", ["Shared/Mail/", "Services/Jobs/", "Services/Assistant/Model/"]),
        ("CCares", ["Services/Jobs/"]), ("CMarkdown", ["Services/Gateway/"]),
        ("CProtos", ["Shared/Wire/", "Shared/Contracts/"]),
        ("CProtobufC", ["Shared/Wire/", "Shared/Contracts/"]),
        ("CArena", ["Shared/Wire/"]),
    ]

    private func imports(under folder: String) -> [Imports] {
        Repository.swift.filter { $0.path.hasPrefix(folder) }.map(Imports.init)
    }

    @Test("GRDB and SQLite are imported in Storage folders only")
    func storage() {
        for file in Repository.swift where !file.isTest && !file.path.contains("/Storage/") {
            #expect(Imports(file).refusing { $0 == "GRDB" || $0 == "GRDBSQLite" } == [])
        }
    }

    @Test("Domain folders import the standard library only, and the calendar")
    func domain() {
        for file in Repository.swift where file.path.hasPrefix("Services/") && file.path.contains("/Domain/") {
            #expect(Imports(file).refusing { $0 != "Synchronization" && $0 != "Calendar" } == [])
        }
    }

    @Test(
        "A service imports no other service; the command line may import Lookup and Accounts",
        arguments: ArrowTests.services)
    func otherServices(service: String) {
        let allowed: Set = service == "CommandLine" ? ["CommandLine", "Lookup", "Accounts"] : [service]
        for file in imports(under: "Services/\(service)/") {
            #expect(file.refusing { Self.services.contains($0) && !allowed.contains($0) } == [])
        }
    }

    @Test("Shared modules import no service")
    func shared() {
        for file in imports(under: "Shared/") {
            #expect(file.refusing { Self.services.contains($0) } == [])
        }
    }

    @Test("Wire imports neither NIO nor Foundation")
    func wire() {
        for file in imports(under: "Shared/Wire/") {
            #expect(file.refusing { $0.hasPrefix("NIO") || $0.hasPrefix("Foundation") } == [])
        }
    }

    @Test("RPC knows no contract and no database")
    func rpc() {
        let refused: Set = ["Contracts", "CProtos", "Storage", "GRDB", "Runtime", "Schema"]
        for file in imports(under: "Shared/RPC/") { #expect(file.refusing(refused.contains) == []) }
    }

    @Test("A library with one home is imported there only", arguments: ArrowTests.homes)
    func oneHome(module: String, folders: [String]) {
        for file in Repository.swift where !file.isTest && !folders.contains(where: file.path.hasPrefix) {
            #expect(Imports(file).refusing { $0 == module } == [])
        }
    }
}
