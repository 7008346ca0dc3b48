import RPC
import Storage

extension ServiceError {
    /// Words an error of domain, store or hashing for the caller.
    init(accounts error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let error as InvalidField:
            self.init(.invalidArgument, error.message, field: error.field, reason: "invalid")
        case let error as AccountError: self.init(error)
        case let error as StorageError: self.init(error)
        case let error as PasswordHashingError: self.init(error)
        case is IdempotencyConflict:
            self.init(
                .aborted, "this idempotency key was used for another request; take a fresh one",
                reason: "idempotency_conflict")
        case is CancellationError: self.init(.cancelled, "the call was given up before it began")
        default: self.init(.internal, "the call failed inside; the log says more", mayHaveRun: true)
        }
    }

    private init(_ error: AccountError) {
        switch error {
        case .addressTaken:
            self.init(
                .alreadyExists, "this email address has an account; log in instead", field: "email", reason: "taken")
        case .unknownAccount:
            self.init(.notFound, "there is no such account", field: "subject.id", reason: "unknown_account")
        case .unknownPlan:
            self.init(.notFound, "there is no such plan", field: "plan", reason: "unknown_plan")
        case .unreadableRow:
            self.init(.dataLoss, "a stored row cannot be read; run codingahead check")
        }
    }

    private init(_ error: StorageError) {
        let run = error.mayHaveRun
        switch error.kind {
        case .overloaded:
            self.init(.resourceExhausted, error.message, reason: "overloaded", retryAfter: .milliseconds(250))
        case .closed:
            self.init(.unavailable, "the service is stopping", reason: "stopping")
        case .full:
            self.init(.unavailable, "the service cannot store anything now", reason: "storage_full", mayHaveRun: run)
        case .locked, .inputOutput:
            self.init(.unavailable, "the service cannot reach its store", reason: "storage", mayHaveRun: run)
        case .damaged, .newerSchema:
            self.init(.dataLoss, "the service's store is damaged", reason: "storage_damaged", mayHaveRun: run)
        case .constraint, .failed:
            self.init(.internal, "the call failed inside; the log says more", mayHaveRun: run)
        }
    }

    private init(_ error: PasswordHashingError) {
        switch error {
        case .overloaded:
            self.init(
                .resourceExhausted, "too many people log in at once; try again in a moment", reason: "overloaded",
                retryAfter: .seconds(2))
        case .closed: self.init(.unavailable, "the service is stopping", reason: "stopping")
        case .outOfMemory, .unavailable:
            self.init(.unavailable, "passwords cannot be checked now; try again in a moment", retryAfter: .seconds(2))
        }
    }
}
