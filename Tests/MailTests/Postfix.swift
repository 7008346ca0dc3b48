import Foundation
import Testing

/// A Postfix of its own in a temporary folder, on a free port of 127.0.0.1: STARTTLS with a certificate made for it, mail for
/// `example.org` into a Maildir, everything else refused. It needs root, as Postfix does.
final class Postfix: Sendable {
    let folder: URL
    let port: Int
    /// The certificate that it shows.
    let certificate: String
    /// Whose log-ins it asks Dovecot about; nil: it takes mail from everybody.
    private let dovecot: Dovecot?

    /// Why it cannot run here; nil: it can.
    static var obstacle: String? {
        guard geteuid() == 0 else { return "Postfix is started by root only" }
        for tool in ["/usr/sbin/postfix", "/usr/bin/openssl"] where !FileManager.default.fileExists(atPath: tool) {
            return "\(tool) is missing: apt-get install postfix openssl"
        }
        return nil
    }

    /// - Parameter login: who may send; nil: everybody.
    init(login: (user: String, password: String)? = nil) throws {
        folder = URL(filePath: "/tmp/postfix-\(UUID().uuidString.prefix(8))")
        port = Int.random(in: 20_000...30_000)
        certificate = folder.appending(path: "relay.pem").path
        for name in ["etc", "spool", "data", "mail"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try Self.run(
            "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.appending(path: "key.pem").path,
            "-out", certificate)
        let path = folder.path
        try """
        compatibility_level = 3.6
        queue_directory = \(path)/spool
        data_directory = \(path)/data
        maillog_file = \(path)/log
        maillog_file_prefixes = \(path)
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks = 192.0.2.0/24
        myhostname = relay.example.org
        mydestination =
        virtual_mailbox_domains = example.org
        virtual_mailbox_maps = inline:{ {coder@example.org = coder/} }
        virtual_mailbox_base = \(path)/mail
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        smtpd_relay_restrictions = \(login == nil ? "reject_unauth_destination" : "permit_sasl_authenticated, reject")
        smtpd_sasl_auth_enable = \(login == nil ? "no" : "yes")
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = private/auth
        smtpd_tls_auth_only = yes
        smtpd_tls_security_level = encrypt
        smtpd_tls_cert_file = \(certificate)
        smtpd_tls_key_file = \(path)/key.pem
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
        // After Postfix has made the folder of the socket.
        guard let login else {
            dovecot = nil
            return
        }
        dovecot = try Dovecot(folder: folder, user: login.user, password: login.password)
    }

    deinit {
        do {
            dovecot?.stop()
            try Self.run("/usr/sbin/postfix", "-c", folder.path + "/etc", "stop")
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("\(folder.path) stays behind: \(error)")
        }
    }

    /// What has arrived for coder@example.org; waits for it.
    func mails(atLeast count: Int) async throws -> [String] {
        let new = folder.appending(path: "mail/coder/new")
        for _ in 0..<200 {
            if let names = try? FileManager.default.contentsOfDirectory(atPath: new.path), names.count >= count {
                return try names.map { try String(contentsOf: new.appending(path: $0), encoding: .utf8) }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        let log = (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "no log"
        Issue.record("no mail has arrived: \(log.suffix(2_000))")
        return []
    }

    private struct Failed: Error {
        let command: String
    }

    static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(command: command.joined(separator: " ")) }
    }
}
