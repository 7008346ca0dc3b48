/// Why a call failed: gRPC's status, a sentence for a person, and what a program can act on.
package struct ServiceError: Error, Sendable, Equatable {
    /// gRPC's status codes but OK, with their numbers (grpc.github.io, "Status codes and their use in gRPC").
    package enum Kind: UInt8, Sendable, CaseIterable {
        case cancelled = 1, unknown, invalidArgument, deadlineExceeded, notFound, alreadyExists, permissionDenied
        case resourceExhausted, failedPrecondition, aborted, outOfRange, unimplemented, `internal`, unavailable
        case dataLoss, unauthenticated
    }

    package var kind: Kind
    /// What happened and what to do; no secret and no personal text. At most 1 KiB travels.
    package var message: String
    /// The field of the request that is wrong; empty: none in particular.
    package var field: String
    /// A word that a program can act on; empty: none.
    package var reason: String
    /// The work may have been done although the call failed; false: it provably did not run.
    package var mayHaveRun: Bool
    /// How long to wait before another try; nil: no advice.
    package var retryAfter: Duration?

    /// Only kind and message are needed.
    package init(
        _ kind: Kind, _ message: String, field: String = "", reason: String = "", mayHaveRun: Bool = false,
        retryAfter: Duration? = nil
    ) {
        self.kind = kind
        self.message = message
        self.field = field
        self.reason = reason
        self.mayHaveRun = mayHaveRun
        self.retryAfter = retryAfter
    }
}

extension ServiceError.Kind {
    /// gRPC's name, e.g. "INVALID_ARGUMENT".
    package var name: String {
        switch self {
        case .cancelled: "CANCELLED"
        case .unknown: "UNKNOWN"
        case .invalidArgument: "INVALID_ARGUMENT"
        case .deadlineExceeded: "DEADLINE_EXCEEDED"
        case .notFound: "NOT_FOUND"
        case .alreadyExists: "ALREADY_EXISTS"
        case .permissionDenied: "PERMISSION_DENIED"
        case .resourceExhausted: "RESOURCE_EXHAUSTED"
        case .failedPrecondition: "FAILED_PRECONDITION"
        case .aborted: "ABORTED"
        case .outOfRange: "OUT_OF_RANGE"
        case .unimplemented: "UNIMPLEMENTED"
        case .internal: "INTERNAL"
        case .unavailable: "UNAVAILABLE"
        case .dataLoss: "DATA_LOSS"
        case .unauthenticated: "UNAUTHENTICATED"
        }
    }
}

extension ServiceError: CustomStringConvertible {
    /// "NOT_FOUND: message".
    package var description: String { "\(kind.name): \(message)" }
}
