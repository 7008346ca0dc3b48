import Foundation
import Testing

/// A Postfix in front of the desk, in a temporary folder: mail for desk.example.org goes on by LMTP, mail for example.org into one
/// Maildir. Without TLS: all of it stays on this machine. It needs root, as Postfix does.
final class MailServer: Sendable {
    let folder: URL
    let port: Int

    /// Why it cannot run here; nil: it can.
    static var obstacle: String? {
        guard geteuid() == 0 else { return "Postfix is started by root only" }
        for tool in ["/usr/sbin/postfix", "/usr/bin/swaks"] where !FileManager.default.fileExists(atPath: tool) {
            return "\(tool) is missing: apt-get install postfix swaks"
        }
        return nil
    }

    /// - Parameter lmtp: the desk's port.
    init(port: Int, lmtp: Int) throws {
        self.port = port
        folder = URL(filePath: "/tmp/mailserver-\(UUID().uuidString.prefix(8))")
        let path = folder.path
        for name in ["etc", "spool", "data", "mail"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try """
        compatibility_level = 3.6
        queue_directory = \(path)/spool
        data_directory = \(path)/data
        maillog_file = \(path)/log
        maillog_file_prefixes = \(path)
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 127.0.0.0/8
        myhostname = mx.example.org
        mydestination =
        relay_domains = desk.example.org
        transport_maps = inline:{ {desk.example.org = lmtp:inet:127.0.0.1:\(lmtp)} }
        virtual_mailbox_domains = example.org
        virtual_mailbox_maps = inline:{ {@example.org = coders/} }
        virtual_mailbox_base = \(path)/mail
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_peername_lookup = no
        smtpd_client_connection_count_limit = 0
        anvil_rate_time_unit = 1s
        minimal_backoff_time = 2s
        maximal_backoff_time = 4s
        queue_run_delay = 2s
        smtp_tls_security_level = none
        """.write(to: folder.appending(path: "etc/main.cf"), atomically: true, encoding: .utf8)
        let services = try String(contentsOfFile: "/usr/share/postfix/master.cf.dist", encoding: .utf8)
            .replacing("\nsmtp      inet", with: "\n127.0.0.1:\(port) inet")
        let plain = services.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            // Without chroot: its folders hold no copies of the system's files.
            var words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
            guard words.count >= 8, !line.hasPrefix("#"), !line.hasPrefix(" ") else { return String(line) }
            words[4] = "n"
            return words.joined(separator: " ")
        }
        try plain.joined(separator: "\n").write(
            to: folder.appending(path: "etc/master.cf"), atomically: true, encoding: .utf8)
        try Self.run("/bin/chown", "nobody", path + "/mail")
        try Self.run("/bin/chown", "postfix", path + "/data")
        try Self.run("/usr/sbin/postfix", "-c", path + "/etc", "start")
    }

    deinit {
        do {
            try Self.run("/usr/sbin/postfix", "-c", folder.path + "/etc", "stop")
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("\(folder.path) stays behind: \(error)")
        }
    }

    /// What has arrived.
    func mails() throws -> [String] {
        let new = folder.appending(path: "mail/coders/new")
        guard FileManager.default.fileExists(atPath: new.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: new.path).map {
            String(decoding: try Data(contentsOf: new.appending(path: $0)), as: UTF8.self)
        }
    }

    /// Waits until a number of mails has arrived.
    /// - Returns: how long it took; nil: they did not come in time.
    func wait(for count: Int, seconds: Int) async throws -> Duration? {
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(seconds) {
            if try mails().count >= count { return start.duration(to: .now) }
            try await Task.sleep(for: .milliseconds(20))
        }
        let log = folder.appending(path: "log")
        if FileManager.default.fileExists(atPath: log.path) {
            print(try String(contentsOf: log, encoding: .utf8).suffix(2_000))
        }
        return nil
    }

    private struct Failed: Error {
        let command: String
    }

    /// Runs a program to its end; what it printed.
    @discardableResult
    static func run(_ command: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        // A file, not a pipe: Postfix's daemon would hold a pipe open for ever.
        let output = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { _ = Result { try FileManager.default.removeItem(at: output) } }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(command: command.joined(separator: " ")) }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
