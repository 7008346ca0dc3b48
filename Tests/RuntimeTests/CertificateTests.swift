import Contracts
import Foundation
import Logging
import RPC
import Schema
import Testing

@testable import Runtime

@Suite("Certificates for development")
struct CertificateTests {
    private static let year: TimeInterval = 365 * 86_400

    private func with(_ body: (CertificateFolder) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "certificates-" + UUID().uuidString
        try await body(CertificateFolder(path))
        try FileManager.default.removeItem(atPath: path)
    }

    @Test("each holder gets what TLS needs, with secrets that only the owner reads, and nothing is overwritten")
    func made() async throws {
        try await with { folder in
            let written = try folder.make(hosts: ["desk.example.org", "192.0.2.1"], lifetime: Self.year)
            #expect(written.count == 3 + 3 * CertificateFolder.holders.count)
            for holder in CertificateFolder.holders {
                guard case .good = CertificateReport(folder: "\(folder.path)/\(holder)") else {
                    Issue.record("\(holder): \(CertificateReport(folder: "\(folder.path)/\(holder)"))")
                    continue
                }
                let key = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(holder)/tls.key")
                #expect((key[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            }
            let before = try contents(folder)
            #expect(throws: CertificateFolderError.self) { try folder.make(hosts: [], lifetime: Self.year) }
            #expect(try contents(folder) == before)
        }
    }

    @Test("the allow-list that is written names methods and services that exist")
    func allowList() throws {
        let methods = Contract.schema.methods.values.map(\.fullName)
        let list = try AllowList(CertificateFolder.allowList, methods: methods)
        let search = LookupAPI.Methods.search
        #expect(list.permits(.certificate("spiffe://codingahead/gateway"), search))
        #expect(list.permits(.certificate("spiffe://codingahead/operator"), search))
        #expect(!list.permits(.certificate("spiffe://codingahead/jobs"), search))
        #expect(list.permits(.certificate("spiffe://codingahead/jobs"), HealthAPI.Methods.check))
    }

    @Test(
        "the allow-list lets each program call every service that its sources make a client of",
        arguments: ProgramName.allCases)
    func allowListCoversClients(program: ProgramName) throws {
        let methods = Contract.schema.methods.values.map(\.fullName)
        let list = try AllowList(CertificateFolder.allowList, methods: methods)
        let folder = URL(fileURLWithPath: "Services/\(program.executable)")
        var services: Set<Substring> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for match in text.matches(of: /\b([A-Z][A-Za-z]+)API\.Client\(/) { services.insert(match.output.1) }
        }
        #expect(!services.isEmpty || program == .accounts, "the sources are read from the package's folder")
        for service in services {
            let calls = methods.filter { $0.contains(".\(service)/") }
            #expect(!calls.isEmpty)
            for call in calls {
                let method = Method(fullName: call, id: Method.id(of: call), isIdempotent: false)
                #expect(
                    list.permits(.certificate("spiffe://codingahead/\(program.rawValue)"), method),
                    "\(program.executable) may not call \(call)")
            }
        }
    }

    @Test(
        "a renewal makes new keys with the same authority; without one, or with one that ends too soon, it is refused")
    func renewed() async throws {
        try await with { folder in
            #expect(throws: CertificateFolderError.noAuthority(path: folder.path)) {
                try folder.renew(hosts: [], lifetime: Self.year)
            }
            _ = try folder.make(hosts: [], lifetime: Self.year)
            let before = try contents(folder)
            _ = try folder.renew(hosts: [], lifetime: Self.year)
            let after = try contents(folder)
            for (name, text) in before {
                let isKept = name.hasPrefix("authority") || name.hasSuffix("ca.crt") || name == "callers"
                #expect((after[name] == text) == isKept, "\(name)")
            }
            #expect(throws: CertificateFolderError.self) { try folder.renew(hosts: [], lifetime: 11 * Self.year) }
        }
    }

    @Test("a certificate that expires soon, has expired, is missing or has an open key is reported as such")
    func reported() async throws {
        try await with { folder in
            _ = try folder.make(hosts: [], lifetime: 20 * 86_400)
            let own = "\(folder.path)/lookup"
            guard case .expiring = CertificateReport(folder: own) else {
                Issue.record("\(CertificateReport(folder: own))")
                return
            }
            guard case .expired = CertificateReport(folder: own, now: Date() + 21 * 86_400) else {
                Issue.record("\(CertificateReport(folder: own, now: Date() + 21 * 86_400))")
                return
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: own + "/tls.key")
            #expect(CertificateReport(folder: own) == .exposedKey(path: own + "/tls.key"))
            try FileManager.default.removeItem(atPath: own + "/tls.key")
            guard case .unusable(let reason) = CertificateReport(folder: own) else {
                Issue.record("\(CertificateReport(folder: own))")
                return
            }
            #expect(reason.contains("tls.key cannot be read"))
        }
    }

    @Test(
        "two programs of the settings talk over TLS, each knows the other, and a folder swapped by its link is taken up"
    )
    func programs() async throws {
        try await with { folder in
            let links = folder.path
            _ = try CertificateFolder(links + "/one").make(hosts: [], lifetime: Self.year)
            try FileManager.default.createSymbolicLink(atPath: links + "/now", withDestinationPath: "one")
            let settings = try Settings(environment: [
                "CODINGAHEAD_TLS_FOLDER": links + "/now", "CODINGAHEAD_TLS_CALLERS": links + "/now/callers",
            ])
            let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let lookup = try ProgramSecurity(settings, holder: "lookup")
            let gateway = try ProgramSecurity(settings, holder: "gateway")
            let before = try #require(lookup.identity?.expiry)

            // Other certificates by the same authority, in another folder; then the link leads there, as a kubelet does it.
            try FileManager.default.copyItem(atPath: links + "/one", toPath: links + "/two")
            _ = try CertificateFolder(links + "/two").renew(hosts: [], lifetime: 2 * Self.year)
            try FileManager.default.createSymbolicLink(atPath: links + "/next", withDestinationPath: "two")
            try #require(rename(links + "/next", links + "/now") == 0)
            SecurityWatch(security: lookup, logger: quiet).look()
            #expect(try #require(lookup.identity?.expiry) > before)

            let server = Server(
                configuration: ServerConfiguration(
                    name: "Lookup", security: lookup.server,
                    filters: [AuthorizationFilter(try #require(lookup.callers))]),
                routes: HealthAPI.routes(HealthService(serving: [], readiness: Readiness())), logger: quiet)
            let port = try await server.start(host: "127.0.0.1", port: 0)
            for (program, isLookup) in [(ProgramName.lookup, true), (.accounts, false)] {
                let client = Client(
                    configuration: ClientConfiguration(
                        target: "127.0.0.1:\(port)", security: gateway.client(of: program)))
                do throws(ServiceError) {
                    _ = try await HealthAPI.Client(client).check(HealthAPI.HealthCheckRequest())
                    #expect(isLookup)
                } catch {
                    #expect(!isLookup && error.message.contains("accounts"), "\(error)")
                }
                await client.close()
            }
            await server.drain()
        }
    }

    private func contents(_ folder: CertificateFolder) throws -> [String: String] {
        var all: [String: String] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: "\(folder.path)/\(name)", isDirectory: &isFolder)
            if isFolder.boolValue { continue }
            all[name] = try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
        }
        return all
    }
}
