import ArgumentParser
import RPC
import Runtime

/// `codingahead data announce`: mails whoever watches a code that the newest editions have changed.
struct DataAnnounceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Mail whoever watches a code that the newest editions have changed.",
        discussion: """
            Asks the running Lookup what each code set gained, lost and reworded with its newest edition, and tells the \
            running Accounts, which mails each watcher once. `data import` does this by itself when both run.
            """)

    func run() async throws {
        let settings = try Settings.ofProcess()
        do {
            for line in try await EditionAnnouncement.make(settings: settings, servedSince: nil) { print(line) }
        } catch let error as ServiceError {
            Output.complain(CallCommand.text(of: error))
            throw ExitCode.failure
        }
    }
}
