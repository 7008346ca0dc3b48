import ArgumentParser
import Foundation
import Runtime

/// `codingahead certificates`: an authority for development and a certificate for each program.
struct CertificatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificates",
        abstract: "Make a development authority, one certificate for each program, and an allow-list.",
        discussion: """
            codingahead certificates --folder .data/certificates
            export CODINGAHEAD_TLS_FOLDER=.data/certificates CODINGAHEAD_TLS_CALLERS=.data/certificates/callers

            Nothing is ever overwritten, but with --renew: then each holder gets a new key and certificate, signed by the \
            authority that is there, and running programs take them up within ten seconds. Whoever holds \
            FOLDER/authority/ca.key can be any program: in production use an authority of your own, and give each program \
            only its own folder. Exit codes: 0 made, 1 not made, 64 wrong arguments.
            """)

    @Option(help: ArgumentHelp("Where to; by default `certificates` in the data folder.", valueName: "FOLDER"))
    var folder: String?

    @Option(help: "How many days the certificates are good for.")
    var days = 365

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "More DNS names or IP addresses under which programs are called, beside their names and this machine's loopback.",
            valueName: "NAME"))
    var host: [String] = []

    @Flag(help: "Make new keys and certificates with the authority that is there.")
    var renew = false

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be from 1 to 3650.") }
        for name in host where !Self.isHost(name) {
            throw ValidationError("--host \(name) is neither a DNS name nor an IP address.")
        }
    }

    func run() async throws {
        let place = try folder ?? Settings.ofProcess()[.dataFolder] + "/certificates"
        let certificates = CertificateFolder(place)
        let lifetime = TimeInterval(days) * 86_400
        do {
            let written =
                try renew
                ? certificates.renew(hosts: host, lifetime: lifetime)
                : certificates.make(hosts: host, lifetime: lifetime)
            Output.say(written.joined(separator: "\n"))
        } catch let error as CertificateFolderError {
            Output.complain(error.description)
            throw ExitCode.failure
        }
    }

    private static func isHost(_ name: String) -> Bool {
        HostPort("\(name):1") != nil || HostPort("[\(name)]:1") != nil
    }
}
