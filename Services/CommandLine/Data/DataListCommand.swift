import ArgumentParser
import Lookup

/// `codingahead data list`: the loaded editions, and what is missing.
struct DataListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the loaded editions and what is missing.")

    @OptionGroup var options: DataOptions

    func run() async throws {
        let list = try options.sources()
        let editions = try SnapshotStore(dataFolder: options.folder).editions()
        if editions.isEmpty {
            print("No edition is loaded. Run `codingahead data pull` and `codingahead data import`.")
        }
        for edition in editions {
            let record = edition.record
            let end = record.end.map { " to \($0)" } ?? " on"
            print("\(record.system.rawValue)  \(record.sourceName), \(record.edition) (\(record.effective)\(end))")
            print("    \(edition.billableCodes) billable of \(edition.codes) codes and headings")
            print("    \(record.file)  sha256 \(record.sha256)")
        }
        let references = try SnapshotStore(dataFolder: options.folder).references()
        for reference in references {
            let record = reference.record
            print("\(record.kind.rawValue)  \(record.sourceName), \(record.label)")
            print("    \(reference.report.rowsKept) rows")
            print("    \(record.file)  sha256 \(record.sha256)")
        }
        let missing = list.missing(from: editions.map(\.record))
        let wanted = list.missingReferences(from: references.map(\.record))
        if !missing.isEmpty || !wanted.isEmpty { print("Not loaded:") }
        for source in missing {
            print("  \(source.system.rawValue)  \(source.name): \(source.adds). From: \(source.from).")
        }
        for source in wanted {
            print("  \(source.kind.rawValue)  \(source.name): \(source.adds). From: \(source.from).")
        }
    }
}
