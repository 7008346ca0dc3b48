import Synchronization

/// Counts and times the calls of each method, for whoever looks at a running server.
package final class CallStatistics: Filter {
    /// What is known of one method.
    package struct MethodCounts: Sendable, Equatable {
        package var inFlight = 0
        /// Calls that ended, by status; nil: OK.
        package var ended: [ServiceError.Kind?: UInt64] = [:]
        package var latency = LatencyHistogram()
    }

    private final class Record: Sendable {
        let method: Method
        let counts = Mutex(MethodCounts())

        init(_ method: Method) { self.method = method }
    }

    private let records: [UInt32: Record]

    /// - Parameter methods: what is counted.
    package init(methods: [Method]) {
        records = Dictionary(methods.map { ($0.id, Record($0)) }, uniquingKeysWith: { first, _ in first })
    }

    package func begin(_ context: inout CallContext) throws(ServiceError) {
        records[context.method.id]?.counts.withLock { $0.inFlight += 1 }
    }

    package func end(_ context: CallContext, _ outcome: CallOutcome) {
        records[context.method.id]?.counts.withLock { counts in
            counts.inFlight -= 1
            counts.ended[outcome.failure, default: 0] += 1
            counts.latency.record(microseconds: outcome.duration.wholeMicroseconds)
        }
    }

    /// The methods that were called, by name.
    package var methods: [(method: Method, counts: MethodCounts)] {
        records.values.map { ($0.method, $0.counts.withLock { $0 }) }
            .filter { $0.1.inFlight > 0 || !$0.1.ended.isEmpty }
            .sorted { $0.0.fullName < $1.0.fullName }
    }
}

extension Duration {
    /// Rounded down; 0 for what is negative.
    fileprivate var wholeMicroseconds: UInt64 {
        UInt64(max(0, components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000))
    }
}
