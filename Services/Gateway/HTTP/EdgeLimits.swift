/// The times and numbers by which the edge defends itself. Tests shorten them; operators change none but the rates.
package struct EdgeLimits: Sendable {
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

    /// The limits of the program.
    package init() {}
}
