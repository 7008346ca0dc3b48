import RPC

/// A service that a request asks, named to the reader when it is away.
enum ServiceName: String, Sendable {
    case lookup = "Lookup"
    case accounts = "Accounts"
    case assistant = "Assistant"
    case jobs = "Jobs"

    /// What a reader misses while the service is away.
    var purpose: String {
        switch self {
        case .lookup: "code search and code pages"
        case .accounts: "accounts and the count of opened pages"
        case .assistant: "CasePilot"
        case .jobs: "CareerCenter"
        }
    }
}

/// An error of a call, with the service that was called.
struct ServiceFailure: Error, Sendable, Equatable {
    let service: ServiceName
    let error: ServiceError
}

/// Makes a call and, when it fails, says whose failure it was.
func asking<Reply>(
    _ service: ServiceName, _ call: () async throws(ServiceError) -> Reply
) async throws(ServiceFailure) -> Reply {
    do {
        return try await call()
    } catch {
        throw ServiceFailure(service: service, error: error)
    }
}
