import ArgumentParser
import Foundation
import RPC
import Runtime

/// How a command reaches a server: by the settings of the desk, or as its options say, which are named as in grpcurl.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to call instead of the program's address.", valueName: "HOST:PORT|unix:/PATH"))
    var address: String?

    @Flag(help: "Call without TLS, whatever the settings say.")
    var plaintext = false

    @Flag(help: "Call over TLS; without --cacert the system's authorities count.")
    var tls = false

    @Option(help: ArgumentHelp("Authorities that may have signed the server's certificate.", valueName: "FILE"))
    var cacert: String?

    @Option(help: ArgumentHelp("A certificate to show, with --key.", valueName: "FILE"))
    var cert: String?

    @Option(help: ArgumentHelp("The private key of --cert.", valueName: "FILE"))
    var key: String?

    @Option(help: ArgumentHelp("The DNS name that the server's certificate must hold.", valueName: "NAME"))
    var serverName: String?

    @Option(
        name: [.customShort("H"), .long],
        help: ArgumentHelp("Metadata of the call; may be given more than once.", valueName: "NAME: VALUE"))
    var header: [String] = []

    func validate() throws {
        guard !(plaintext && (tls || cacert != nil || cert != nil)) else {
            throw ValidationError("--plaintext and --tls exclude each other.")
        }
        guard (cert == nil) == (key == nil) else { throw ValidationError("--cert and --key go together.") }
        if let address, HostPort(address) == nil, UnixSocket.path(in: address) == nil {
            throw ValidationError("--address must be HOST:PORT or unix:/PATH.")
        }
        _ = try metadata()
    }

    /// - Throws: `ValidationError` for what is no metadata.
    func metadata() throws -> Metadata {
        var metadata = Metadata()
        for field in header {
            let parts = field.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { throw ValidationError("-H takes 'name: value', not '\(field)'.") }
            let value = parts[1].drop { $0 == " " }
            do throws(ServiceError) {
                try metadata.add(parts[0].lowercased(), Array(value.utf8))
            } catch {
                throw ValidationError("-H \(parts[0]): \(error.message)")
            }
        }
        return metadata
    }

    /// A client of the address that was given, else of the program by the settings.
    ///
    /// - Throws: exit code 64 when neither says where, 78 when a certificate cannot be used; what is wrong was said.
    func client(of program: ProgramName?, _ settings: Settings) throws -> Client {
        do throws(TLSFailure) {
            let own = try ProgramSecurity(settings, holder: CertificateFolder.operatorName)
            let wanted = address ?? program.map { own.target(of: $0, settings) }
            if let target = wanted {
                return Client(
                    configuration: ClientConfiguration(
                        target: target, security: try security(of: program, own), name: "codingahead"))
            }
        } catch {
            Output.complain(error.description)
            throw ExitCode(78)
        }
        Output.complain("Every program serves this: say which with --address HOST:PORT.")
        throw ExitCode(64)
    }

    private func security(of program: ProgramName?, _ own: ProgramSecurity) throws(TLSFailure) -> ClientSecurity {
        if plaintext { return .plaintext }
        if tls || cacert != nil || cert != nil {
            let files = TLSFiles(certificate: cert, key: key, authorities: cacert)
            return .tls(try TLSIdentity(files), serverName: serverName)
        }
        if let serverName, let identity = own.identity { return .tls(identity, serverName: serverName) }
        if address == nil, let program { return own.client(of: program) }
        return own.identity.map { .tls($0, serverName: nil) } ?? .plaintext
    }
}
