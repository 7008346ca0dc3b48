/// Why there is no backup, or why nothing was restored; a sentence for an operator.
enum BackupError: Error, Equatable, CustomStringConvertible {
    /// A folder cannot be used for what was asked.
    case unusable(String)
    /// Files are not what their backup lists.
    case changed([String])
    /// Stores with something in them are in the way.
    case taken([String])

    var description: String {
        switch self {
        case .unusable(let reason): reason
        case .changed(let names):
            "The backup is not what its manifest lists (\(names.joined(separator: ", "))). Use another backup; nothing "
                + "was changed."
        case .taken(let paths):
            "Stores lie there already: \(paths.joined(separator: ", ")). With --replace they are kept under another "
                + "name and replaced. Nothing was changed."
        }
    }
}
