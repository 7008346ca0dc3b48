package import Foundation

/// A Postfix of its own in a temporary folder, on a port of 127.0.0.1. It needs root, as Postfix does.
package struct PostfixFolder: Sendable {
    package let url: URL
    package let port: Int

    /// Why it cannot run here; nil: it can.
    ///
    /// - Parameter tools: Debian's packages by the path of a program that they bring, needed beside Postfix.
    package static func obstacle(beside tools: [String: String]) -> String? {
        guard geteuid() == 0 else { return "Postfix is started by root only" }
        for (path, package) in tools.merging(["/usr/sbin/postfix": "postfix"], uniquingKeysWith: { old, _ in old })
        where !FileManager.default.fileExists(atPath: path) {
            return "\(path) is missing: apt-get install \(package)"
        }
        return nil
    }

    /// Makes the folder; nothing runs yet.
    package init(port: Int) throws {
        self.port = port
        url = URL(filePath: "/tmp/postfix-\(UUID().uuidString.prefix(8))")
        for name in ["etc", "spool", "data", "mail"] {
            try FileManager.default.createDirectory(at: url.appending(path: name), withIntermediateDirectories: true)
        }
    }

    /// Starts it. Mail for `example.org` goes into the Maildirs that `virtual_mailbox_maps` names.
    ///
    /// - Parameter settings: lines of main.cf beside those of every test.
    package func start(_ settings: String) throws {
        let path = url.path
        try """
        compatibility_level = 3.6
        queue_directory = \(path)/spool
        data_directory = \(path)/data
        maillog_file = \(path)/log
        maillog_file_prefixes = \(path)
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mydestination =
        virtual_mailbox_domains = example.org
        virtual_mailbox_base = \(path)/mail
        virtual_uid_maps = static:65534
        virtual_gid_maps = static:65534
        \(settings)
        """.write(to: url.appending(path: "etc/main.cf"), atomically: true, encoding: .utf8)
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
            to: url.appending(path: "etc/master.cf"), atomically: true, encoding: .utf8)
        try Command.run(["/bin/chown", "nobody", path + "/mail"])
        try Command.run(["/bin/chown", "postfix", path + "/data"])
        try Command.run(["/usr/sbin/postfix", "-c", path + "/etc", "start"])
    }

    /// Stops it and takes the folder away; what stays behind is said.
    package func remove() {
        do {
            try Command.run(["/usr/sbin/postfix", "-c", url.path + "/etc", "stop"])
            try FileManager.default.removeItem(at: url)
        } catch {
            print("\(url.path) stays behind: \(error)")
        }
    }

    /// The end of its log.
    package var log: String {
        // try?: before it has begun there is no log.
        String(((try? String(contentsOf: url.appending(path: "log"), encoding: .utf8)) ?? "no log").suffix(2_000))
    }
}
