import Foundation
import Support
import Testing

/// A Postfix in front of the desk, in a temporary folder: mail for desk.example.org goes on by LMTP, mail for example.org into one
/// Maildir. Without TLS: all of it stays on this machine. It needs root, as Postfix does.
final class MailServer: Sendable {
    private let folder: PostfixFolder

    var port: Int { folder.port }

    /// Why it cannot run here; nil: it can.
    static var obstacle: String? { PostfixFolder.obstacle(beside: ["/usr/bin/swaks": "swaks"]) }

    /// - Parameter lmtp: the desk's port.
    init(port: Int, lmtp: Int) throws {
        folder = try PostfixFolder(port: port)
        try folder.start(
            """
            mynetworks = 127.0.0.0/8
            myhostname = mx.example.org
            relay_domains = desk.example.org
            transport_maps = inline:{ {desk.example.org = lmtp:inet:127.0.0.1:\(lmtp)} }
            virtual_mailbox_maps = inline:{ {@example.org = coders/} }
            smtpd_relay_restrictions = permit_mynetworks, reject
            smtpd_peername_lookup = no
            smtpd_client_connection_count_limit = 0
            anvil_rate_time_unit = 1s
            minimal_backoff_time = 2s
            maximal_backoff_time = 4s
            queue_run_delay = 2s
            smtp_tls_security_level = none
            """)
    }

    deinit { folder.remove() }

    /// What has arrived.
    func mails() throws -> [String] {
        let new = folder.url.appending(path: "mail/coders/new")
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
        print(folder.log)
        return nil
    }
}
