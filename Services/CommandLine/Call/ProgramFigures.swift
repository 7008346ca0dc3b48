import Contracts

/// What `watch` says of one program between two looks.
struct ProgramFigures {
    let name: String
    /// Nil: it did not answer.
    let reply: StatsAPI.StatsReply?
    private let failure: String
    private let rate: Double
    private let errorRate: Double
    private let p50: UInt64?
    private let p99: UInt64?

    static let heading = ["program", "connections", "in flight", "calls/s", "p50", "p99", "errors/s"]

    init(name: String, failure: String) {
        self.name = name
        self.failure = failure
        reply = nil
        (rate, errorRate, p50, p99) = (0, 0, nil, nil)
    }

    /// - Parameter last: the look before; one of a program that has started anew meanwhile does not count.
    init(name: String, reply: StatsAPI.StatsReply, last: StatsAPI.StatsReply?) {
        self.name = name
        self.reply = reply
        failure = ""
        let last = last.flatMap { $0.uptimeUs <= reply.uptimeUs ? $0 : nil } ?? StatsAPI.StatsReply()
        let seconds = max(Double(reply.uptimeUs - last.uptimeUs) / 1e6, 0.001)
        rate = Double(Self.calls(reply) { _ in true } &- Self.calls(last) { _ in true }) / seconds
        // OK, and what a caller did wrong or gave up, are no faults of the program.
        let faults: Set<UInt32> = [2, 4, 8, 12, 13, 14, 15]
        errorRate =
            Double(Self.calls(reply, where: faults.contains) &- Self.calls(last, where: faults.contains)) / seconds
        let times = Self.difference(Self.times(reply), Self.times(last))
        p50 = Self.quantile(0.5, of: times)
        p99 = Self.quantile(0.99, of: times)
    }

    /// It answers, and nothing failed by its fault.
    var isWell: Bool { reply != nil && errorRate == 0 }

    var cells: [String] {
        guard let reply else { return [name, "does not answer (\(failure))"] }
        return [
            name, "\(reply.connectionCount)", "\(reply.inFlight)", Self.rounded(rate), Self.time(p50), Self.time(p99),
            Self.rounded(errorRate),
        ]
    }

    /// One object in a line.
    var json: String {
        guard let reply else { return "{\"program\":\"\(name)\",\"failure\":\"\(failure)\"}" }
        return "{\"program\":\"\(name)\",\"connections\":\(reply.connectionCount),\"inFlight\":\(reply.inFlight),"
            + "\"callsPerSecond\":\(Self.rounded(rate)),\"p50Micros\":\(p50.map { "\($0)" } ?? "null"),"
            + "\"p99Micros\":\(p99.map { "\($0)" } ?? "null"),\"errorsPerSecond\":\(Self.rounded(errorRate))}"
    }

    private static func calls(_ reply: StatsAPI.StatsReply, where isCounted: (UInt32) -> Bool) -> UInt64 {
        reply.methods.reduce(0) { sum, method in
            sum + method.ended.reduce(0) { isCounted($1.code) ? $0 + $1.count : $0 }
        }
    }

    private static func times(_ reply: StatsAPI.StatsReply) -> [UInt64: UInt64] {
        reply.methods.reduce(into: [:]) { times, method in
            for bucket in method.latency { times[bucket.upperUs, default: 0] += bucket.count }
        }
    }

    private static func difference(_ now: [UInt64: UInt64], _ before: [UInt64: UInt64]) -> [UInt64: UInt64] {
        now.merging(before) { $0 > $1 ? $0 - $1 : 0 }.filter { now[$0.key] != nil && $0.value > 0 }
    }

    /// The longest time in the bucket that holds the quantile; nil without calls.
    static func quantile(_ part: Double, of times: [UInt64: UInt64]) -> UInt64? {
        let total = times.values.reduce(0, +)
        guard total > 0 else { return nil }
        let rank = UInt64((Double(total) * part).rounded(.up))
        var seen: UInt64 = 0
        for (upper, count) in times.sorted(by: { $0.key < $1.key }) {
            seen += count
            if seen >= rank { return upper }
        }
        return nil
    }

    private static func rounded(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private static func time(_ micros: UInt64?) -> String {
        guard let micros else { return "-" }
        return micros < 1000 ? "\(micros) µs" : micros < 1_000_000 ? "\(micros / 1000) ms" : "\(micros / 1_000_000) s"
    }
}
