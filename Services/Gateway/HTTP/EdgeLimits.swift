/// The times and numbers by which the edge defends itself. Tests shorten them; operators change none but the rates.
package struct EdgeLimits: Sendable, Equatable {
    /// A silent stream of events sends a comment this often, so that proxies keep it open.
    package var heartbeat = Duration.seconds(15)
    /// A stream of events goes on without its reader and can be taken up again for that long after its end.
    package var streamRetention = Duration.seconds(60)
    /// The longest that a stream of events may take.
    package var streamTimeout = Duration.seconds(120)
    /// Streams of events that are remembered at once, running and ended.
    package var maximumStreams = 1024
    /// Bytes of one stream of events: many times the longest answer.
    package var maximumStreamBytes = 4 * 1024 * 1024

    /// A request's head has to come within that time of its first byte, and a TLS handshake within that time.
    package var headTimeout = Duration.seconds(10)
    /// And its body within that time of the head: 6 MiB at 1.6 Mbit/s.
    package var bodyTimeout = Duration.seconds(30)
    /// A reader who takes nothing of a reply for that long is gone.
    package var writeTimeout = Duration.seconds(30)
    /// A connection on which nothing moves for that long is closed.
    package var idleTimeout = Duration.seconds(60)
    /// Connections at once, each of a few KiB while it waits.
    package var maximumConnections = 8192

    /// The limits of the program.
    package init() {}
}
