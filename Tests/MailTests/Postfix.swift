import Foundation
import Support
import Testing

/// A Postfix of its own in a temporary folder, on a free port of 127.0.0.1: STARTTLS with a certificate made for it, mail for
/// `example.org` into a Maildir, everything else refused. It needs root, as Postfix does.
final class Postfix: Sendable {
    private let folder: PostfixFolder
    /// The certificate that it shows.
    let certificate: String
    /// Whose log-ins it asks Dovecot about; nil: it takes mail from everybody.
    private let dovecot: Dovecot?

    var port: Int { folder.port }

    /// Why it cannot run here; nil: it can.
    static var obstacle: String? { PostfixFolder.obstacle(beside: ["/usr/bin/openssl": "openssl"]) }

    /// - Parameter login: who may send; nil: everybody.
    init(login: (user: String, password: String)? = nil) throws {
        folder = try PostfixFolder(port: Int.random(in: 20_000...30_000))
        let path = folder.url.path
        certificate = path + "/relay.pem"
        try Command.run([
            "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", path + "/key.pem", "-out", certificate,
        ])
        try folder.start(
            """
            mynetworks = 192.0.2.0/24
            myhostname = relay.example.org
            virtual_mailbox_maps = inline:{ {coder@example.org = coder/} }
            smtpd_relay_restrictions = \(login == nil ? "reject_unauth_destination" : "permit_sasl_authenticated, reject")
            smtpd_sasl_auth_enable = \(login == nil ? "no" : "yes")
            smtpd_sasl_type = dovecot
            smtpd_sasl_path = private/auth
            smtpd_tls_auth_only = yes
            smtpd_tls_security_level = encrypt
            smtpd_tls_cert_file = \(certificate)
            smtpd_tls_key_file = \(path)/key.pem
            """)
        // After Postfix has made the folder of the socket.
        guard let login else {
            dovecot = nil
            return
        }
        dovecot = try Dovecot(folder: folder.url, user: login.user, password: login.password)
    }

    deinit {
        dovecot?.stop()
        folder.remove()
    }

    /// What has arrived for coder@example.org; waits for it.
    func mails(atLeast count: Int) async throws -> [String] {
        let new = folder.url.appending(path: "mail/coder/new")
        for _ in 0..<200 {
            if let names = try? FileManager.default.contentsOfDirectory(atPath: new.path), names.count >= count {
                return try names.map { try String(contentsOf: new.appending(path: $0), encoding: .utf8) }
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("no mail has arrived: \(folder.log)")
        return []
    }
}
