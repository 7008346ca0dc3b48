import ArgumentParser
import Foundation
import Runtime
import Storage

/// `codingahead backup`: every writable store and key, while the desk runs.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy every store, the signing key, résumés and waiting mail, while the desk runs.",
        discussion: """
            Makes the folder DIR/TIME, each store as it was at one commit, checked whole, with a manifest of checksums. \
            The code sets are not in it: `data pull` and `data import` make them anew. Prints the folder. The folder holds \
            personal data: keep it as safe as the data folder. Exit codes: 0 made, 1 not made (nothing is left), 64, 78.
            """)

    @Option(help: ArgumentHelp("Where to; by default `backups` in the data folder.", valueName: "DIR"))
    var to: String?

    @Option(help: ArgumentHelp("Delete the oldest whole backups in DIR beyond this number.", valueName: "N"))
    var keep: Int?

    @Option(help: ArgumentHelp("Make none; check the backup in this folder.", valueName: "FOLDER"))
    var verify: String?

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep must be at least 1.") }
        if verify != nil, to != nil || keep != nil { throw ValidationError("--verify stands alone.") }
    }

    func run() async throws {
        try BackupError.saying {
            if let verify {
                let manifest = try BackupFolder(path: verify).verify()
                return Output.say("\(verify) is whole: \(Self.summary(manifest))")
            }
            let data = try Settings.ofProcess()[.dataFolder]
            let parent = to ?? "\(data)/backups"
            let folder = BackupFolder(path: "\(parent)/\(Date().nameOfFolder)")
            let manifest = try folder.make(from: data, now: Date())
            Output.complain(Self.summary(manifest))
            Output.say(folder.path)
            if let keep { try Self.prune(parent, keeping: keep) }
        }
    }

    /// Deletes the oldest of the folders that hold a manifest; others are left alone.
    static func prune(_ parent: String, keeping count: Int) throws {
        let whole = try FileManager.default.contentsOfDirectory(atPath: parent).sorted().filter {
            FileManager.default.fileExists(atPath: "\(parent)/\($0)/\(BackupManifest.fileName)")
        }
        for name in whole.dropLast(count) { try FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
    }

    private static func summary(_ manifest: BackupManifest) -> String {
        let stores = manifest.items.count { $0.migrations != nil }
        let bytes = manifest.items.reduce(0) { $0 + $1.bytes }
        return "\(stores) stores and \(manifest.items.count - stores) files, \(bytes >> 10) KiB, of \(manifest.takenAt)"
    }
}
