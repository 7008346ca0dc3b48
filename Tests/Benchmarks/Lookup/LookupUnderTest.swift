import Contracts
import Foundation
import Logging
import Lookup
import RPC
import Runtime

/// Lookup composed from a data folder, called in this process.
struct LookupUnderTest {
    let client: LookupAPI.Client

    init(dataFolder: String) async throws {
        let settings = try Settings(environment: ["CODINGAHEAD_DATA": dataFolder])
        var logger = Logger(label: "benchmark")
        logger.logLevel = .error
        let composition = try await LookupService.compose(Boot(program: .lookup, settings: settings, logger: logger))
        client = LookupAPI.Client(InProcessChannel(routes: composition.routes))
    }

    /// Imports what the pulled files of a data folder give into a new one.
    ///
    /// - Parameter systems: the sets to import; nil: all.
    /// - Returns: the index terms that were kept back.
    static func importing(from data: String, into folder: String, systems: Set<CodeSystem>?, withholding: Bool) throws
        -> [TermRecord]
    {
        let list = try SourceList.load(dataFolder: data)
        let source = DataFolder(data)
        let shared = SharedTables()
        var withheld: [TermRecord] = []
        _ = try SnapshotStore(dataFolder: folder).importSnapshot { builder in
            for edition in list.editions(of: source.present(list)) where systems?.contains(edition.system) ?? true {
                let one = EditionImport(edition, list: list, folder: source, shared: shared)
                try builder.begin(one.record())
                guard withholding, edition.layout == .icd10cmIndex else {
                    try builder.end(one.run(into: &builder))
                    continue
                }
                var sink = WithholdingSink(builder)
                let report = try one.run(into: &sink)
                builder = sink.sink
                withheld += sink.withheld
                try builder.end(report)
            }
        }
        return withheld
    }
}
