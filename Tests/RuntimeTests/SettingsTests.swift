import Foundation
import Runtime
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("With no variable set, every setting has its default")
    func defaults() throws {
        let settings = try Settings(environment: ["PATH": "/bin"])
        #expect(settings[.dataFolder] == ".data")
        #expect(settings[.http] == HostPort(host: "127.0.0.1", port: 8080))
        #expect(settings[.lookup].port == 7101)
        #expect(settings[.guestNetworkCeiling] == 200)
        #expect(settings[.drainGrace] == .seconds(25))
        #expect(settings[.trustedProxies] == [])
        #expect(settings.origin.description == "http://127.0.0.1:8080")
    }

    @Test("Every default and every example is a value of its own setting")
    func examples() {
        for setting in Settings.all {
            #expect(setting.accepts(setting.default), "\(setting.name)=\(setting.default)")
            #expect(setting.accepts(setting.example), "\(setting.name)=\(setting.example)")
        }
    }

    @Test("Every setting is in the README's table with its default and its example")
    func documented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let readme = try String(contentsOf: root.appending(path: "Shared/Runtime/README.md"), encoding: .utf8)
        for setting in Settings.all {
            let row = readme.split(separator: "\n").first { $0.hasPrefix("| `\(setting.name)` |") }
            #expect(setting.default.isEmpty || row?.contains(setting.default) == true, "\(setting.name)")
            #expect(row?.contains("`\(setting.example)`") == true, "\(setting.name)")
        }
    }

    @Test(
        "A bad value is refused with the variable's name, its type and an example",
        arguments: [
            ("CODINGAHEAD_HTTP", "8080"), ("CODINGAHEAD_HTTP", "127.0.0.1:0"), ("CODINGAHEAD_HTTP", "::1:80"),
            ("CODINGAHEAD_HTTP", "127.0.0.1:65500"), ("CODINGAHEAD_HTTP", "a b:80"),
            ("CODINGAHEAD_GUEST_NETWORK_CEILING", "0"), ("CODINGAHEAD_GUEST_NETWORK_CEILING", "many"),
            ("CODINGAHEAD_DRAIN_GRACE", "25"), ("CODINGAHEAD_DRAIN_GRACE", "500ms"), ("CODINGAHEAD_DRAIN_GRACE", "-1s"),
            ("CODINGAHEAD_LOG_LEVEL", "loud"), ("CODINGAHEAD_LOG_FORMAT", "xml"),
            ("CODINGAHEAD_TRUSTED_PROXIES", "10.0.0.1/8"), ("CODINGAHEAD_TRUSTED_PROXIES", "proxy"),
            ("CODINGAHEAD_PUBLIC_ORIGIN", "https://example.org/desk"), ("CODINGAHEAD_PUBLIC_ORIGIN", "example.org"),
            ("CODINGAHEAD_OPS_HOST", "localhost"),
        ])
    func refused(name: String, text: String) throws {
        let setting = try #require(Settings.all.first { $0.name == name })
        let error = #expect(throws: SettingsError.self) { try Settings(environment: [name: text]) }
        let fault = try #require(error?.faults.first)
        #expect(fault.contains(name) && fault.contains(setting.typeName) && fault.contains(setting.example))
    }

    @Test("An unknown variable is refused with the nearest known name")
    func unknown() {
        let error = #expect(throws: SettingsError.self) {
            try Settings(environment: ["CODINGAHEAD_LOKUP": "127.0.0.1:7101"])
        }
        #expect(error?.description.contains("Did you mean CODINGAHEAD_LOOKUP?") == true)
    }

    @Test("All faults are told at once")
    func allFaults() {
        let error = #expect(throws: SettingsError.self) {
            try Settings(environment: ["CODINGAHEAD_HTTP": "x", "CODINGAHEAD_JOBS": "y", "CODINGAHEAD_NEW": "z"])
        }
        #expect(error?.faults.count == 3)
    }

    @Test("An empty variable counts as not set")
    func empty() throws {
        #expect(try Settings(environment: ["CODINGAHEAD_HTTP": ""])[.http].port == 8080)
    }

    @Test("A refused value is shown without control characters and cut to a line")
    func shown() {
        let error = #expect(throws: SettingsError.self) {
            try Settings(environment: ["CODINGAHEAD_HTTP": "a\n\u{1B}[31m" + String(repeating: "x", count: 500)])
        }
        let text = error?.description ?? ""
        #expect(!text.contains("\n") && !text.contains("\u{1B}") && text.count < 400)
    }

    @Test("A program listens where it is called, unless told otherwise; its operations port is 100 above")
    func listening() throws {
        let settings = try Settings(environment: [
            "CODINGAHEAD_LOOKUP": "lookup:7101", "CODINGAHEAD_LOOKUP_LISTEN": "0.0.0.0:7111",
            "CODINGAHEAD_OPS_HOST": "::",
        ])
        #expect(settings.address(of: .lookup).description == "lookup:7101")
        #expect(settings.listenAddress(of: .lookup).description == "0.0.0.0:7111")
        #expect(settings.operationsAddress(of: .lookup).description == "[::]:7211")
        #expect(settings.operationsAddress(of: .lookup).local.description == "[::1]:7211")
        #expect(settings.listenAddress(of: .jobs) == settings.address(of: .jobs))
    }
}
