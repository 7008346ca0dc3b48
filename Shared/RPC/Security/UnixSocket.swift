import Glibc
import NIOCore

/// A socket in the file system, for callers on the same host. The kernel says which user a caller is; only those listed may connect.
package struct UnixSocket: Sendable, Equatable {
    /// What a target that names a socket begins with.
    package static let scheme = "unix:"
    /// `sun_path` of unix(7) has 108 bytes with the NUL.
    package static let pathLimit = 107

    /// Absolute, or relative to the folder that the program was started in.
    package let path: String
    /// Numbers of the users that may connect.
    package var users: Set<UInt32>

    /// - Parameter users: nil: the user that this process runs as.
    package init(path: String, users: Set<UInt32>? = nil) {
        self.path = path
        self.users = users ?? [geteuid()]
    }

    /// The path in "unix:/path"; nil when the text is none or the path is longer than the system takes.
    package static func path(in target: String) -> String? {
        guard target.hasPrefix(scheme) else { return nil }
        let path = target.dropFirst(scheme.count)
        return path.isEmpty || path.utf8.count > pathLimit || path.utf8.contains(0) ? nil : String(path)
    }

    /// `struct ucred` of unix(7), which glibc hides from Swift.
    private struct Credentials {
        var process: Int32
        var user: UInt32
        var group: UInt32
    }

    /// Device and inode of the file at the path; nil when there is none.
    var identity: [UInt64]? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }

    /// The user at the other end of an accepted connection, by SO_PEERCRED (unix(7)): the one that called connect(2).
    static func user(of channel: any Channel) -> EventLoopFuture<UInt32> {
        guard let socket = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeFailedFuture(TLSFailure("the peer's user is not known"))
        }
        let credentials: EventLoopFuture<Credentials> = socket.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
        return credentials.map(\.user)
    }
}
