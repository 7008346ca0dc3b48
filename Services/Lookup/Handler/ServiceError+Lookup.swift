import RPC
import Storage

extension ServiceError {
    /// Words an error of domain or store for the caller.
    init(lookup error: any Error) {
        switch error {
        case let error as LookupError: self.init(error)
        case let error as ServiceError: self = error
        case is CancellationError: self.init(.cancelled, "the call was given up")
        case SnapshotError.nothingPublished:
            self.init(.unavailable, Self.nothingLoaded, reason: "nothing_loaded", retryAfter: .seconds(5))
        case SnapshotError.damaged:
            self.init(.dataLoss, "the loaded data cannot be read; import it again", reason: "data_damaged")
        case let error as StorageError: self.init(storage: error)
        default: self.init(.internal, "the call failed inside; the log says more")
        }
    }

    /// What a service without data tells callers and operators.
    static let nothingLoaded =
        "No code set is loaded. Load the code sets with `codingahead data pull`, then `codingahead data import`."

    private init(_ error: LookupError) {
        switch error {
        case .invalid(let field, let message): self.init(.invalidArgument, message, field: field, reason: "invalid")
        case .notFound(let message): self.init(.notFound, Self.shortened(message), reason: "not_loaded")
        case .conflict(let message): self.init(.aborted, message, field: "base_version", reason: "text_changed")
        case .licenceLimit(let message): self.init(.failedPrecondition, message, reason: "licence_limit")
        case .unavailable(let message): self.init(.unavailable, message, reason: "texts_unavailable")
        case .stale(let message):
            self.init(.failedPrecondition, message, field: "page_token", reason: "editions_replaced")
        }
    }

    /// Of the store of editors' texts.
    private init(storage error: StorageError) {
        let run = error.mayHaveRun
        switch error.kind {
        case .overloaded:
            self.init(.resourceExhausted, error.message, reason: "overloaded", retryAfter: .milliseconds(250))
        case .closed: self.init(.unavailable, "the service is stopping", reason: "stopping")
        case .full, .locked, .inputOutput:
            self.init(.unavailable, "the service cannot store anything now", reason: "storage", mayHaveRun: run)
        case .damaged, .newerSchema: self.init(.dataLoss, "the store of editors' texts is damaged", mayHaveRun: run)
        case .constraint, .failed: self.init(.internal, "the call failed inside; the log says more", mayHaveRun: run)
        }
    }

    /// Lists of many editions are cut to what travels.
    private static func shortened(_ message: String) -> String {
        guard message.utf8.count > mostMessageBytes else { return message }
        var short = ""
        for character in message {
            guard short.utf8.count + character.utf8.count <= mostMessageBytes else { break }
            short.append(character)
        }
        return short + "…"
    }

    /// RPC carries 1 KiB of a message.
    private static let mostMessageBytes = 1_000
}
