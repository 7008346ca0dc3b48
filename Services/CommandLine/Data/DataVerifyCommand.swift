import ArgumentParser
import Foundation
import Lookup

/// `codingahead data verify`: checks every pulled file against its SHA-256, and the published snapshot.
struct DataVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the pulled files and the published snapshot.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let list = try options.sources()
        let folder = DataFolder(options.folder)
        let present = folder.present(list)
        var isSound = true
        for file in list.files where present.contains(file.id) {
            let isRight = try FileDigest.sha256(ofFileAt: folder.path(of: file)) == file.sha256
            print("\(isRight ? "ok     " : "CHANGED") \(file.file)")
            isSound = isSound && isRight
        }
        do {
            let editions = try SnapshotStore(dataFolder: options.folder).verify()
            print("ok      snapshot of \(editions.count) editions")
        } catch {
            print("FAULTY  snapshot: \(error)")
            isSound = false
        }
        if !isSound {
            print("Run `codingahead data pull` and `codingahead data import` to put it right.")
            throw ExitCode.failure
        }
    }
}
