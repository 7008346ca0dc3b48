import Contracts
import Foundation
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import RPC
import Runtime
import Testing

@Suite struct TLSTests {
    private static let routes = EchoService.routes() + [whoRoute]
    private static let who = EchoService.method("test.Echo/Who")
    private static var whoRoute: Route {
        Route(who) { (_: CommonAPI.CodeReference, context) async throws(ServiceError) -> CommonAPI.CodeReference in
            CommonAPI.CodeReference(title: context.caller.name)
        }
    }

    @Test func `a caller is known by the URI in its certificate, without one by its first DNS name`() async throws {
        try await with { certificates, port in
            let named = try certificates.identity("gateway", uri: "spiffe://test/gateway")
            try await Self.expect("spiffe://test/gateway", port, named)
            let plain = try TLSIdentity(certificates.files("jobs", hosts: ["jobs", "localhost"]))
            try await Self.expect("jobs", port, plain)
        }
    }

    @Test func `a server of another authority is not called, and the caller learns why`() async throws {
        try await with { certificates, port in
            let other = try CertificateAuthority(name: "Another")
            let client = try TLSIdentity(certificates.files("client", trusting: other))
            let error = try await Self.failure(port, client)
            #expect(error.kind == .unavailable && !error.mayHaveRun)
            #expect(error.message.contains("CERTIFICATE_VERIFY_FAILED"), "\(error)")
        }
    }

    @Test func `a caller of another authority is not served`() async throws {
        try await with { certificates, port in
            let other = try CertificateAuthority(name: "Another")
            let error = try await Self.failure(port, try TLSIdentity(certificates.files("client", by: other)))
            #expect(error.kind == .unavailable && !error.mayHaveRun)
        }
    }

    @Test func `a caller without a certificate, with an expired, a nameless or a usurper's one is not served`()
        async throws
    {
        try await with { certificates, port in
            let bare = TLSFiles(certificate: nil, key: nil, authorities: certificates.folder + "/server/ca.crt")
            let late = try certificates.files("late", from: Date() - 7200, lifetime: 3600)
            let nameless = try certificates.files("nameless", hosts: [])
            let usurper = try certificates.files("usurper", uri: "uid:0")
            for files in [bare, late, nameless, usurper] {
                let error = try await Self.failure(port, try TLSIdentity(files))
                #expect(error.kind == .unavailable && !error.mayHaveRun, "\(error)")
            }
        }
    }

    @Test func `a server whose certificate is expired or another's is not called`() async throws {
        let certificates = try TestCertificates()
        let client = try certificates.identity("client")
        let late = try certificates.files("late", from: Date() - 7200, lifetime: 3600)
        let elsewhere = try certificates.files("elsewhere", hosts: ["elsewhere"], addresses: [[10, 0, 0, 1]])
        // Its address is right, but it is not the program that is meant.
        try await Self.serving(.mutual(try certificates.identity("server"))) { port in
            let error = try await Self.failure(port, client, serverName: "lookup")
            #expect(error.kind == .unavailable && error.message.contains("not for lookup"), "\(error)")
        }
        for files in [late, elsewhere] {
            try await Self.serving(.mutual(try TLSIdentity(files))) { port in
                let error = try await Self.failure(port, client)
                #expect(error.kind == .unavailable && !error.mayHaveRun, "\(error)")
            }
        }
        // By a name that it holds the other one can be called.
        try await Self.serving(.mutual(try TLSIdentity(elsewhere))) { port in
            try await Self.expect("localhost", port, client, serverName: "elsewhere")
            let error = try await Self.failure(port, client, serverName: "lookup")
            #expect(error.message.contains("lookup"), "\(error)")
        }
        try certificates.remove()
    }

    @Test func `a plain caller of a TLS port and a TLS caller of a plain port both fail with a reason`() async throws {
        try await with { _, port in
            let error = try await Self.failure(port, nil)
            #expect(error.kind == .unavailable && !error.mayHaveRun)
        }
        let certificates = try TestCertificates()
        try await Self.serving(.plaintext) { port in
            let error = try await Self.failure(port, try certificates.identity("client"))
            #expect(error.kind == .unavailable && !error.mayHaveRun)
            #expect(error.message.contains("TLS"), "\(error)")
        }
        try certificates.remove()
    }

    @Test func `a TLS 1.2 peer and one that names another protocol are refused`() async throws {
        try await with { certificates, port in
            let files = try certificates.files("old")
            #expect(try await Self.handshake(files, port) { $0.applicationProtocols = ["codingahead-rpc/1"] })
            #expect(
                try await !Self.handshake(files, port) {
                    $0.applicationProtocols = ["codingahead-rpc/1"]
                    $0.maximumTLSVersion = .tlsv12
                })
            #expect(try await !Self.handshake(files, port) { $0.applicationProtocols = ["h2"] })
            #expect(try await !Self.handshake(files, port) { _ in })
        }
    }

    @Test func `certificates are changed under load and no call fails`() async throws {
        let certificates = try TestCertificates()
        let server = try certificates.identity("server")
        let old = try #require(server.expiry)
        try await Self.serving(.mutual(server)) { port in
            let client = try certificates.identity("client")
            let log = CallLog()
            let load = Task {
                while !Task.isCancelled {
                    // A new connection each time: each handshake meets whatever is in use.
                    log.began()
                    _ = try await Self.name(port, client)
                }
            }
            for round in 1...10 {
                let begun = log.begun
                while log.begun < begun + 2 { try await Task.sleep(for: .milliseconds(2)) }
                let files = try certificates.files("server", lifetime: 3600 + Double(round) * 60)
                #expect(try server.reload())
                #expect(try !server.reload())
                _ = try certificates.files("client", lifetime: 3600 + Double(round) * 60)
                #expect(try client.reload())
                // Half of a swap: the key is not the certificate's. What was read before stays.
                let key = try #require(files.key)
                let right = try String(contentsOfFile: key, encoding: .utf8)
                try certificates.authority.issued.key.write(toFile: key, atomically: true, encoding: .utf8)
                #expect(throws: TLSFailure.self) { try server.reload() }
                try right.write(toFile: key, atomically: true, encoding: .utf8)
            }
            load.cancel()
            do { try await load.value } catch let error as ServiceError where error.kind == .cancelled {
                // The last call was cut by the cancellation of its task.
            }
        }
        #expect(try #require(server.expiry) > old)
        try certificates.remove()
    }

    @Test func `an identity whose files are missing, mixed up or no PEM says which`() throws {
        let certificates = try TestCertificates()
        var files = try certificates.files("one")
        let other = try certificates.files("two")
        #expect(throws: TLSFailure("\(certificates.folder)/none cannot be read: No such file or directory")) {
            try TLSIdentity(TLSFiles(certificate: certificates.folder + "/none", key: files.key, authorities: nil))
        }
        files.key = other.key
        let mixed = #expect(throws: TLSFailure.self) { try TLSIdentity(files) }
        #expect(mixed?.description.contains("is not the key of") == true)
        files.key = files.certificate
        let wrong = #expect(throws: TLSFailure.self) { try TLSIdentity(files) }
        #expect(wrong?.description.contains("no private key") == true)
        try certificates.remove()
    }

    // MARK: What the tests share

    private func with(_ body: (TestCertificates, Int) async throws -> Void) async throws {
        let certificates = try TestCertificates()
        try await Self.serving(.mutual(try certificates.identity("server"))) { try await body(certificates, $0) }
        try certificates.remove()
    }

    private static func serving(_ security: ServerSecurity, _ body: (Int) async throws -> Void) async throws {
        var limits = Limits()
        // Every handshake is to be judged by what it says, however busy the machine is.
        limits.handshake = .seconds(60)
        let server = Server(
            configuration: ServerConfiguration(name: "Test", limits: limits, security: security), routes: routes,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let port = try await server.start(host: "127.0.0.1", port: 0)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(port)) } catch { outcome = .failure(error) }
        await server.drain()
        try outcome.get()
    }

    /// How the server names the holder of an identity.
    private static func name(_ port: Int, _ identity: TLSIdentity?, serverName: String? = nil) async throws -> String {
        let security = identity.map { ClientSecurity.tls($0, serverName: serverName) } ?? .plaintext
        var limits = Limits()
        limits.handshake = .seconds(60)
        let client = Client(
            configuration: ClientConfiguration(target: "127.0.0.1:\(port)", security: security, limits: limits))
        let outcome: Result<CommonAPI.CodeReference, any Error>
        do {
            outcome = .success(try await client.call(who, CommonAPI.CodeReference(), options: CallOptions()))
        } catch {
            outcome = .failure(error)
        }
        await client.close()
        return try outcome.get().title
    }

    private static func expect(
        _ expected: String, _ port: Int, _ identity: TLSIdentity?, serverName: String? = nil
    ) async throws {
        let name = try await name(port, identity, serverName: serverName)
        #expect(name == expected)
    }

    private static func failure(
        _ port: Int, _ identity: TLSIdentity?, serverName: String? = nil
    ) async throws -> ServiceError {
        let error = await #expect(throws: ServiceError.self) { try await name(port, identity, serverName: serverName) }
        return try #require(error)
    }

    /// Whether a peer of a configuration of its own gets as far as the server's HELLO.
    private static func handshake(
        _ files: TLSFiles, _ port: Int, _ change: (inout TLSConfiguration) -> Void
    ) async throws -> Bool {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(#require(files.certificate)).map {
            .certificate($0)
        }
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: #require(files.key), format: .pem))
        change(&configuration)
        let context = try NIOSSLContext(configuration: configuration)
        let peer = try await RawPeer(port: port) { channel in
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
        }
        // Preface and an empty HELLO for version 1.
        let hello: [UInt8] = [4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 8, 1, 16, 1]
        try await peer.send([0x89, 0x52, 0x50, 0x43, 0x0D, 0x0A, 0x1A, 0x01] + hello)
        do {
            _ = try await peer.frame(0x01)
            try await peer.close()
            return true
        } catch is RawPeer.Closed {
            return false
        }
    }
}
