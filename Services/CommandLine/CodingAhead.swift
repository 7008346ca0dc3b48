package import ArgumentParser
import Runtime

/// `codingahead`: the desk's command line.
///
/// Exit codes are those of the subcommands; 64 for wrong arguments, 78 for wrong settings.
package struct CodingAhead: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "codingahead",
        abstract: "Import code sets, check a running desk, and call its programs.",
        discussion: """
            Settings are environment variables; `codingahead settings` lists them.
            Exit codes: 0 done, 1 failed, 64 wrong arguments, 78 wrong settings.
            """,
        version: Build.version,
        subcommands: [
            DataCommand.self, AdminCommand.self, JobsCommand.self, CheckCommand.self, CallCommand.self,
            ServicesCommand.self, WatchCommand.self, KnowledgeCommand.self, TraceCommand.self,
            SettingsCommand.self, CertificatesCommand.self, BackupCommand.self, RestoreCommand.self,
            StatusCommand.self,
        ])

    /// Made by the argument parser.
    package init() {}

    /// Runs the command that the arguments of this process name, and ends the process with its exit code when it fails.
    package static func start() async { await main() }
}
