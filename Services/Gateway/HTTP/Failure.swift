import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema

/// What went wrong with a request, in the words that the reader may see. Made from any error at the edge, once.
struct Failure: Sendable, Equatable {
    /// Seconds after which a service that is away is worth another try: its restart takes less.
    private static let secondsUntilRetry = 5

    let status: HTTPResponse.Status
    /// gRPC's status name.
    let code: String
    let message: String
    /// The field that is wrong; empty: none in particular.
    let field: String
    /// A word that a program can act on; may be empty.
    let reason: String
    let retryAfterSeconds: Int?
    /// The methods that the address takes, when it was another's fault; nil otherwise.
    let allow: String?
    /// The service that could not answer, when that is what happened.
    let awayService: ServiceName?

    init(_ error: any Error) {
        switch error {
        case let failure as ServiceFailure: self.init(failure.error, service: failure.service)
        case let error as ServiceError: self.init(error, service: nil)
        case let error as HTTPError:
            self.init(status: error.status, message: error.body ?? "", allow: error.headers[.allow])
        case SchemaError.invalid(let field, let reason):
            let message = field.isEmpty ? reason : "\(field): \(reason)"
            self.init(ServiceError(.invalidArgument, message, field: field, reason: reason), service: nil)
        case is NIOTooManyBytesError:
            self.init(status: .contentTooLarge, message: "The body of the request is too long.")
        case is CancellationError:
            self.init(ServiceError(.cancelled, "the caller went away"), service: nil)
        default: self.init(status: .internalServerError, message: "")
        }
    }

    private init(_ error: ServiceError, service: ServiceName?) {
        status = error.kind.status
        code = error.kind.statusName
        field = error.field
        reason = error.reason
        allow = nil
        awayService = [.unavailable, .deadlineExceeded].contains(error.kind) ? service : nil
        let seconds = error.retryAfter.map { max(1, Int($0.components.seconds)) }
        switch error.kind {
        case .unavailable: retryAfterSeconds = seconds ?? Self.secondsUntilRetry
        default: retryAfterSeconds = seconds
        }
        switch error.kind {
        case .unavailable, .deadlineExceeded:
            message = "\(service?.rawValue ?? "A service") is not answering just now. Try again in a few seconds."
        case .unimplemented where service == nil: message = error.message
        case .unknown, .internal, .dataLoss, .cancelled, .unimplemented:
            message = "Something went wrong on our side."
        default: message = error.message
        }
    }

    private init(status: HTTPResponse.Status, message: String, allow: String? = nil) {
        self.allow = allow
        self.status = status
        self.message = message.isEmpty ? Self.words(for: status) : message
        field = ""
        reason = ""
        retryAfterSeconds = nil
        awayService = nil
        code = Self.name(of: status)
    }

    private static func words(for status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: "There is nothing at this address."
        case .internalServerError: "Something went wrong on our side."
        default: status.reasonPhrase
        }
    }

    private static func name(of status: HTTPResponse.Status) -> String {
        switch status.code {
        case 401: ServiceError.Kind.unauthenticated.statusName
        case 403: ServiceError.Kind.permissionDenied.statusName
        case 404: ServiceError.Kind.notFound.statusName
        case 405: ServiceError.Kind.unimplemented.statusName
        case 409: ServiceError.Kind.aborted.statusName
        case 429: ServiceError.Kind.resourceExhausted.statusName
        case 400..<500: ServiceError.Kind.invalidArgument.statusName
        case 503: ServiceError.Kind.unavailable.statusName
        default: ServiceError.Kind.internal.statusName
        }
    }
}
