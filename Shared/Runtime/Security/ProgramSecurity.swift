import Contracts
package import RPC
import Schema

/// How one program of the desk proves itself to the others, and whom it lets call: the settings of TLS and
/// of sockets put to work.
package struct ProgramSecurity: Sendable {
    /// Nil: calls over TCP are neither encrypted nor proven.
    package let identity: TLSIdentity?
    /// Nil: everyone who may connect may call everything.
    package let callers: AllowListFile?
    /// Nil: no caller is known by a token.
    package let tokens: TokenFile?
    /// Nil: only TCP.
    package let socketFolder: String?
    private let users: Set<UInt32>?

    /// Plain TCP, as on a developer's machine and in tests.
    package static let none = ProgramSecurity(identity: nil, callers: nil, tokens: nil, socketFolder: nil, users: nil)

    private init(
        identity: TLSIdentity?, callers: AllowListFile?, tokens: TokenFile?, socketFolder: String?, users: Set<UInt32>?
    ) {
        self.identity = identity
        self.callers = callers
        self.tokens = tokens
        self.socketFolder = socketFolder
        self.users = users
    }

    /// Reads what the settings name.
    ///
    /// - Parameter holder: whose certificate it is: the folder of this name in `CODINGAHEAD_TLS_FOLDER` holds it.
    /// - Throws: `TLSFailure` when a file cannot be read or does not fit.
    package init(_ settings: Settings, holder: String) throws(TLSFailure) {
        var identity: TLSIdentity?
        if let folder = settings[.tlsFolder] { identity = try TLSIdentity(TLSFiles(folder: "\(folder)/\(holder)")) }
        var callers: AllowListFile?
        if let path = settings[.tlsCallers] {
            callers = try AllowListFile(path: path, methods: Contract.schema.methods.values.map(\.fullName))
        }
        var tokens: TokenFile?
        if let path = settings[.tlsTokens] { tokens = try TokenFile(path: path) }
        self.init(
            identity: identity, callers: callers, tokens: tokens, socketFolder: settings[.socketFolder],
            users: settings[.socketUsers].map(Set.init))
    }

    /// What a server of this program asks of those who call over TCP.
    package var server: ServerSecurity { identity.map { .mutual($0) } ?? .plaintext }

    /// What a client of this program asks of another program: a certificate with that program's name among its DNS names, wherever it runs.
    package func client(of program: ProgramName) -> ClientSecurity {
        identity.map { .tls($0, serverName: program.rawValue) } ?? .plaintext
    }

    /// The socket at which a program listens beside its port; nil without a folder for them.
    package func socket(of program: ProgramName) -> UnixSocket? {
        socketFolder.map { UnixSocket(path: "\($0)/\(program.rawValue).sock", users: users) }
    }

    /// Where a program is called: its socket when there is one, else its address.
    package func target(of program: ProgramName, _ settings: Settings) -> String {
        socket(of: program).map { UnixSocket.scheme + $0.path } ?? settings.address(of: program).description
    }
}
