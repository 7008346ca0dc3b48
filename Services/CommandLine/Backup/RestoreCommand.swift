import ArgumentParser
import Foundation
import Runtime
import Storage

/// `codingahead restore`: puts a backup into the data folder of a desk that does not run.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into the data folder. The programs must be stopped.",
        discussion: """
            Everything is checked before anything is written: the manifest, every checksum, every store. A store that is \
            there already is refused, or with --replace kept beside under a name that ends in .before-TIME. Then start the \
            desk and run `codingahead admin reconcile`. Exit codes: 0 restored, 1 refused (nothing was changed), 64, 78.
            """)

    @Argument(help: ArgumentHelp("The backup, as `codingahead backup` printed it.", valueName: "FOLDER"))
    var folder: String

    @Option(help: ArgumentHelp("Only what this program owns; may be given again.", valueName: "PROGRAM"))
    var only: [String] = []

    @Flag(help: "Keep the stores that are there under another name, and replace them.")
    var replace = false

    func validate() throws {
        for name in only where ProgramName(rawValue: name) == nil {
            let known = ProgramName.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--only \(name) is no program. Programs: \(known).")
        }
    }

    func run() async throws {
        let data = try Settings.ofProcess()[.dataFolder]
        let programs = only.isEmpty ? nil : Set(only.compactMap(ProgramName.init))
        try BackupError.saying {
            let written = try BackupFolder(path: folder).restore(
                to: data, programs: programs, replacing: replace, now: Date())
            Output.say(written.joined(separator: "\n"))
        }
    }
}
