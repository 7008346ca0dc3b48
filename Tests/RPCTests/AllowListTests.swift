import Contracts
import Foundation
import RPC
import Testing

@Suite struct AllowListTests {
    private static let methods = ["a.v1.A/Get", "a.v1.A/Put", "b.v1.B/Get"]

    private static func permits(_ list: AllowList, _ caller: Caller, _ name: String) -> Bool {
        list.permits(caller, EchoService.method(name))
    }

    @Test func `what no line allows is refused, a caller's lines add up, and the star stands for everyone known`()
        throws
    {
        let list = try AllowList(
            """
            # who may call what
            spiffe://x/gateway a.v1.A/Get   # reads
            spiffe://x/gateway b.v1.B/*
            uid:7\t*

            * a.v1.A/Put
            """, methods: Self.methods)
        let gateway = Caller.certificate("spiffe://x/gateway")
        #expect(Self.permits(list, gateway, "a.v1.A/Get"))
        #expect(Self.permits(list, gateway, "b.v1.B/Get"))
        #expect(Self.permits(list, gateway, "a.v1.A/Put"))
        #expect(Self.permits(list, .user(7), "b.v1.B/Get"))
        #expect(!Self.permits(list, .user(8), "b.v1.B/Get"))
        #expect(Self.permits(list, .token("nightly"), "a.v1.A/Put"))
        #expect(!Self.permits(list, .certificate("other"), "a.v1.A/Get"))
        #expect(!Self.permits(list, .anonymous, "a.v1.A/Put"))
        #expect(try !Self.permits(AllowList("anonymous a.v1.A/Get", methods: Self.methods), .user(1), "a.v1.A/Get"))
        #expect(try Self.permits(AllowList("anonymous a.v1.A/Get", methods: Self.methods), .anonymous, "a.v1.A/Get"))
    }

    @Test(arguments: [
        ("uid:1", 1), ("\n\nuid:1 a.v1.A/Nothing", 3), ("x a.v1.C/*", 1), ("x a.v1.A/Get\ny Get", 2), ("x a.v1.*", 1),
        (String(repeating: "\n", count: 1024), 1025),
    ])
    func `a list that is malformed names its line`(_ text: String, _ line: Int) throws {
        let error = #expect(throws: AllowListError.self) { try AllowList(text, methods: Self.methods) }
        #expect(error?.line == line)
    }

    @Test func `a refusal names caller and method, and the list is read again while calls go on`() async throws {
        let path = NSTemporaryDirectory() + "callers-" + UUID().uuidString
        try "uid:\(UInt32.max) *".write(toFile: path, atomically: true, encoding: .utf8)
        let file = try AllowListFile(path: path, methods: [EchoService.echo.fullName])
        try await Transport.unix.serving(EchoService.routes(), filters: [AuthorizationFilter(file)]) { channel in
            let error = await #expect(throws: ServiceError.self) { try await Self.echo(channel) }
            #expect(error == ServiceError(.permissionDenied, "uid:\(geteuid()) may not call test.Echo/Echo"))
            try "uid:\(geteuid()) test.Echo/Echo".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try file.reload())
            try await Self.echo(channel)
            try "nonsense".write(toFile: path, atomically: true, encoding: .utf8)
            let failure = #expect(throws: TLSFailure.self) { try file.reload() }
            #expect(failure?.description.hasPrefix("\(path), line 1:") == true)
            try await Self.echo(channel)
        }
        try FileManager.default.removeItem(atPath: path)
    }

    @Test func `over plain TCP nobody is known, and what needs a name is refused`() async throws {
        let path = NSTemporaryDirectory() + "callers-" + UUID().uuidString
        try "* test.Echo/Echo".write(toFile: path, atomically: true, encoding: .utf8)
        let file = try AllowListFile(path: path, methods: [EchoService.echo.fullName])
        try await Transport.tcp.serving(EchoService.routes(), filters: [AuthorizationFilter(file)]) { channel in
            let error = await #expect(throws: ServiceError.self) { try await Self.echo(channel) }
            #expect(error?.kind == .permissionDenied)
        }
        try await Transport.tls.serving(EchoService.routes(), filters: [AuthorizationFilter(file)]) { channel in
            try await Self.echo(channel)
        }
        try FileManager.default.removeItem(atPath: path)
    }

    private static func echo(_ channel: any RPCChannel) async throws {
        let _: CommonAPI.CodeReference = try await channel.call(
            EchoService.echo, CommonAPI.CodeReference(code: "1"), options: CallOptions())
    }
}
