package import Contracts
package import RPC
import Synchronization

/// `codingahead.stats.v1.Stats` of a program.
package final class StatsService: StatsAPI.Service {
    /// More connections than people look at.
    private static let connectionLimit = 256

    private let program: String
    private let statistics: CallStatistics
    private let begun = ContinuousClock.now
    private let server = Mutex<Server?>(nil)

    package init(program: String, statistics: CallStatistics) {
        self.program = program
        self.statistics = statistics
    }

    /// The server whose connections are shown; nil when it is gone.
    package func show(_ server: Server?) { self.server.withLock { $0 = server } }

    package func get(
        _ request: StatsAPI.StatsRequest, context: CallContext
    ) async throws(ServiceError) -> StatsAPI.StatsReply {
        let server = server.withLock { $0 }
        let connections = await server?.connectionStatistics(atMost: Self.connectionLimit) ?? []
        let methods = statistics.methods
        return StatsAPI.StatsReply(
            program: program, build: Build.version, uptimeUs: (ContinuousClock.now - begun).microseconds,
            inFlight: UInt32(clamping: methods.reduce(0) { $0 + $1.counts.inFlight }),
            connectionCount: UInt32(clamping: server?.connectionCount ?? 0),
            connections: connections.map(StatsAPI.ConnectionStats.init), methods: methods.map(Self.method))
    }

    private static func method(_ method: Method, _ counts: CallStatistics.MethodCounts) -> StatsAPI.MethodStats {
        StatsAPI.MethodStats(
            method: method.fullName, inFlight: UInt32(clamping: counts.inFlight),
            ended: counts.ended.map { kind, count in
                StatsAPI.StatusCount(code: UInt32(kind?.rawValue ?? 0), count: count)
            }.sorted { $0.code < $1.code },
            latency: counts.latency.buckets.map { StatsAPI.LatencyBucket(upperUs: $0.upper, count: $0.count) })
    }
}

extension StatsAPI.ConnectionStats {
    fileprivate init(_ connection: ConnectionStatistics) {
        self.init(
            peer: connection.peer, caller: connection.caller.name, streams: UInt32(clamping: connection.streams),
            waitingBytes: UInt64(clamping: connection.waiting), creditBytes: UInt64(clamping: connection.credit),
            ageUs: connection.age.microseconds)
    }
}

extension Duration {
    /// Whole microseconds; 0 for what is negative.
    fileprivate var microseconds: UInt64 {
        UInt64(max(0, components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000))
    }
}
