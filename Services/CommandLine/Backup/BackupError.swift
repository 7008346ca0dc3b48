import ArgumentParser
import Storage

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

    /// Runs a command's work; says why it could not be done.
    /// - Throws: exit code 1.
    static func saying(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let error as BackupError {
            Output.complain(error.description)
            throw ExitCode.failure
        } catch let error as StorageError {
            Output.complain(error.message)
            throw ExitCode.failure
        }
    }
}
