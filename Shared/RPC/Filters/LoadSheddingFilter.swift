import Synchronization

/// Lets only so many calls be under way at once; those beyond are refused at once instead of waiting. On the server's side it protects the
/// handlers, on the client's side it keeps one slow server from taking up all of a program.
package final class LoadSheddingFilter: Filter {
    private let limit: Int
    private let exempt: Set<String>
    private let underWay = Atomic<Int>(0)

    /// - Parameters:
    ///   - limit: calls at once.
    ///   - exempt: full names of services that are never refused, e.g. health.
    package init(limit: Int, exempt: Set<String> = ["grpc.health.v1.Health"]) {
        self.limit = limit
        self.exempt = exempt
    }

    /// Calls that are under way.
    package var count: Int { underWay.load(ordering: .relaxed) }

    /// - Throws: `resourceExhausted`, nothing having run.
    package func begin(_ context: inout CallContext) throws(ServiceError) {
        let now = underWay.add(1, ordering: .relaxed).newValue
        guard now > limit, !exempt.contains(context.method.serviceName) else { return }
        underWay.subtract(1, ordering: .relaxed)
        throw ServiceError(
            .resourceExhausted, "\(limit) calls are under way", reason: "overloaded", retryAfter: .milliseconds(100))
    }

    package func end(_ context: CallContext, _ outcome: CallOutcome) { underWay.subtract(1, ordering: .relaxed) }
}

extension Method {
    /// "package.Service".
    package var serviceName: String { String(fullName.prefix { $0 != "/" }) }
}
