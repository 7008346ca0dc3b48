/// A record that does not fit the snapshot being built. The importer refuses the row, or lets the import fail.
package enum SnapshotBuildError: Error, Sendable, Equatable {
    /// `begin`, `add`, `end` and `finish` came in an order that makes no sense.
    case order(String)
    /// The code is not written in the set's canonical form.
    case notCanonical(String)
    /// The edition has the code already.
    case duplicate(String)
    /// The heading above is not in the edition, or comes later.
    case unknownParent(code: String, parent: String)
    /// A note, fact or text stands at a code that no edition of the system lists.
    case unknownCode(String)
    /// A title or text that is empty or longer than `SnapshotBuilder.longestText`.
    case badText(code: String)
    /// More of something than a snapshot has room for.
    case tooMany(String)
    /// The file holds another number of rows than were written.
    case miscounted(String)
}

extension SnapshotBuildError: CustomStringConvertible {
    /// A sentence for the importer's report.
    package var description: String {
        switch self {
        case .order(let what): "snapshot built out of order: \(what)"
        case .notCanonical(let code): "\(code) is not the canonical form of a code"
        case .duplicate(let code): "\(code) occurs twice"
        case .unknownParent(let code, let parent): "\(code) stands below \(parent), which has not occurred"
        case .unknownCode(let code): "\(code) is in no edition of this code set"
        case .badText(let code): "\(code) has an empty or over-long text"
        case .tooMany(let what): "more \(what) than a snapshot has room for"
        case .miscounted(let what): "the new snapshot does not hold what was written: \(what)"
        }
    }
}
