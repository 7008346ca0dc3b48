import RPC
import Storage

extension ServiceError {
    /// Words an error of domain or store for the caller.
    init(jobs error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let error as PostingError: self.init(error)
        case let error as EmployerError: self.init(error)
        case let error as SeekerError: self.init(error)
        case let error as StorageError: self.init(error)
        case is CancellationError: self.init(.cancelled, "The call was given up before it began.")
        default: self.init(.internal, "The call failed inside; the log says more.", mayHaveRun: true)
        }
    }

    private init(_ error: PostingError) {
        switch error {
        case .wrongState(let state, let asked):
            self.init(
                .failedPrecondition, "A posting that is \(state.rawValue) cannot be \(asked).", reason: "wrong_state")
        case .over(let day):
            self.init(
                .invalidArgument, "\(day) has gone by: choose a later last day.", field: "valid_through",
                reason: "over")
        case .tooLong:
            self.init(
                .invalidArgument, "A posting is open for \(PostingLife.longestRun) days at most; it can be renewed.",
                field: "valid_through", reason: "too_long")
        case .duplicate(let other, let why):
            self.init(.alreadyExists, "\(why.words): posting \(other.text).", reason: why.rawValue)
        case .unknown: self.init(.notFound, "There is no such posting.", reason: "unknown")
        case .stale:
            self.init(.aborted, "Somebody changed the posting meanwhile: read it again.", reason: "stale")
        case .unverified:
            self.init(
                .failedPrecondition, "The employer has to prove its domain first.", reason: "unverified")
        case .invalid(let faults): self.init(faults)
        }
    }

    /// All faults in the message, a line each; the first one as the field.
    init(_ faults: [FieldFault]) {
        self.init(
            .invalidArgument, faults.map { "\($0.field): \($0.message)" }.joined(separator: "\n"),
            field: faults.first?.field ?? "", reason: "invalid")
    }

    private init(_ error: EmployerError) {
        switch error {
        case .unknown: self.init(.notFound, "There is no such employer.", reason: "unknown")
        case .domainTaken:
            self.init(
                .alreadyExists, "This domain is another employer's: ask its owner to add you.", field: "domain",
                reason: "taken")
        case .freeMail:
            self.init(
                .invalidArgument, "A free mail domain proves nothing: name the employer's own.", field: "domain",
                reason: "free_mail")
        case .invalid(let fault): self.init([fault])
        case .tooManyProofs:
            self.init(
                .resourceExhausted, "Five proofs were begun in a day: try again tomorrow.", reason: "proofs",
                retryAfter: .seconds(86_400))
        case .notProven(let what): self.init(.failedPrecondition, what, reason: "not_proven")
        case .notOwner: self.init(.permissionDenied, "Only the employer's owner may do this.", reason: "not_owner")
        }
    }

    private init(_ error: SeekerError) {
        switch error {
        case .tooMany(let limit): self.init(.resourceExhausted, "At most \(limit) are kept.", reason: "limit")
        case .unknown: self.init(.notFound, "There is nothing of this id.", reason: "unknown")
        case .invalid(let fault): self.init([fault])
        case .applied: self.init(.alreadyExists, "You have applied to this posting.", reason: "applied")
        case .notOpen:
            self.init(.failedPrecondition, "The posting is closed.", reason: "closed")
        case .noForm:
            self.init(
                .failedPrecondition, "This employer takes applications elsewhere: follow the posting's link.",
                reason: "no_form")
        case .unverified:
            self.init(
                .failedPrecondition, "Verify your mail address first.", reason: "unverified_address")
        case .final(let stage):
            self.init(
                .failedPrecondition, "An application that is \(stage.rawValue) stays so.", reason: "wrong_state")
        }
    }

    private init(_ error: StorageError) {
        let run = error.mayHaveRun
        switch error.kind {
        case .overloaded:
            self.init(
                .resourceExhausted, "Too many writes wait; try again in a moment.", reason: "overloaded",
                retryAfter: .milliseconds(250))
        case .closed: self.init(.unavailable, "The service is stopping.", reason: "stopping")
        case .full:
            self.init(.unavailable, "The service cannot store anything now.", reason: "storage_full", mayHaveRun: run)
        case .locked, .inputOutput:
            self.init(.unavailable, "The service cannot reach its store.", reason: "storage", mayHaveRun: run)
        case .damaged, .newerSchema:
            self.init(.dataLoss, "The service's store is damaged.", reason: "storage_damaged", mayHaveRun: run)
        case .constraint, .failed:
            self.init(.internal, "The call failed inside; the log says more.", mayHaveRun: run)
        }
    }
}

extension DuplicateReason {
    fileprivate var words: String {
        switch self {
        case .sameLink: "Another posting leads to the same link"
        case .sameJob: "Another posting has the same title, company and place"
        case .sameText: "Another posting says nearly the same"
        }
    }
}

extension PostingError {
    /// What is told to whoever asked.
    var words: String { ServiceError(jobs: self).message }
}
