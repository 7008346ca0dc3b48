import Calendar
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
        case let error as HoldError: self.init(error)
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
        case .unknownAccount:
            self.init(.notFound, "there is no such account", field: "subject.id", reason: "unknown_account")
        case .suspended:
            self.init(.permissionDenied, "the account is suspended; write to the desk", reason: "suspended")
        case .unknownPlan:
            self.init(.notFound, "there is no such plan", field: "plan", reason: "unknown_plan")
        case .registrationCeiling(let resetsAt):
            self.init(
                .resourceExhausted,
                "too many accounts were registered from this network today; try again after \(resetsAt.rfc3339)",
                reason: "registration_ceiling")
        case .unknownToken:
            self.init(
                .notFound, "the link is unknown, used or too old; ask for a new one", field: "token",
                reason: "unknown_token")
        case .wrongPassword: self.init(.permissionDenied, "the password is wrong", reason: "wrong_password")
        case .wrongCode:
            self.init(.unauthenticated, "the code is wrong or was used before", field: "code", reason: "wrong_code")
        case .secondFactorNeeded:
            self.init(
                .unauthenticated, "give the code of your second factor too", field: "code", reason: "second_factor")
        case .notFound(let what): self.init(.notFound, "there is no such \(what)", reason: "not_found")
        case .exists(let what): self.init(.alreadyExists, "there is such a \(what) already", reason: "exists")
        case .deskFull:
            self.init(
                .resourceExhausted, "at most \(MarkedCode.limit) codes can be marked; take one away first",
                reason: "desk_full")
        case .tooManyKeys:
            self.init(
                .resourceExhausted, "an account has at most \(APIKey.limit) keys; revoke one first",
                reason: "too_many_keys")
        case .mailedRecently(let seconds):
            self.init(
                .resourceExhausted, "the mail went out a moment ago; look for it, or try again in \(seconds) s",
                reason: "mailed_recently", retryAfter: .seconds(seconds))
        case .precondition(let message, let reason): self.init(.failedPrecondition, message, reason: reason)
        case .roleNeeded:
            self.init(
                .permissionDenied, "your role in the organisation does not allow it", reason: "role_needed")
        case .exhausted(let message, let reason): self.init(.resourceExhausted, message, reason: reason)
        case .badSignature(let reason):
            self.init(
                .unauthenticated, "the event's signature is wrong or too old", field: "signature", reason: reason)
        case .unreadableRow:
            self.init(.dataLoss, "a stored row cannot be read; run codingahead check")
        }
    }

    private init(_ error: HoldError) {
        switch error {
        case .unknown: self.init(.notFound, "there is no such hold", field: "hold", reason: "unknown_hold")
        case .committed:
            self.init(.failedPrecondition, "the hold was committed before", field: "hold", reason: "hold_committed")
        case .refunded:
            self.init(.failedPrecondition, "the hold was given back before", field: "hold", reason: "hold_refunded")
        case .expired:
            self.init(
                .failedPrecondition, "the hold is over and its charge is given back", field: "hold",
                reason: "hold_expired")
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
