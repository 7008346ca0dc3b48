import Foundation
import Support

/// A Dovecot that does nothing but answer a Postfix's question whether somebody may log in (SASL), beside it in its folder.
final class Dovecot: Sendable {
    private let process: Process

    /// Why it cannot run here; nil: it can.
    static var obstacle: String? {
        FileManager.default.fileExists(atPath: "/usr/sbin/dovecot")
            ? nil : "/usr/sbin/dovecot is missing: apt-get install dovecot-core"
    }

    init(folder: URL, user: String, password: String) throws {
        let path = folder.path
        let configuration = path + "/dovecot.conf"
        try FileManager.default.createDirectory(atPath: path + "/dovecot", withIntermediateDirectories: true)
        try "\(user):{PLAIN}\(password)\n".write(toFile: path + "/users", atomically: true, encoding: .utf8)
        try """
        base_dir = \(path)/dovecot
        log_path = \(path)/dovecot.log
        protocols =
        ssl = no
        auth_mechanisms = plain login
        passdb {
          driver = passwd-file
          args = \(path)/users
        }
        userdb {
          driver = static
          args = uid=65534 gid=65534 home=/nonexistent
        }
        service auth {
          unix_listener \(path)/spool/private/auth {
            mode = 0660
            user = postfix
            group = postfix
          }
        }
        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        try Command.run(["/bin/chmod", "644", path + "/users"])
        process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/dovecot")
        // In the foreground: a daemon would hold on to what Foundation waits for its end by.
        process.arguments = ["-F", "-c", configuration]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    /// Its children end with it. Not SIGTERM: programs that Foundation starts may have that blocked, and Dovecot leaves it so.
    func stop() {
        kill(process.processIdentifier, SIGKILL)
    }
}
