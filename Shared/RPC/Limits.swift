/// The limits of a connection, each with its reason. They are said in HELLO where the other side must know them.
package struct Limits: Sendable, Equatable {
    /// Largest frame payload in bytes: a small call waits at most for one such frame on the link.
    package var frame = 64 * 1024
    /// Largest frame header in bytes: metadata is for ids, not for data.
    package var header = 8 * 1024
    /// Largest assembled message in bytes: 4 MiB of content and its envelope.
    package var message = 4 * 1024 * 1024 + 64 * 1024
    /// Calls open at once on a connection.
    package var streams = 1024
    /// Bytes of requests that a connection may hold, unfinished or running. What runs holds its decoded request.
    package var assembling = 16 * 1024 * 1024
    /// Bytes that wait to be written on a connection before new calls are refused.
    package var outbound = 16 * 1024 * 1024
    /// Bytes that may come in on a stream, and on all streams of a connection, before they are taken: a stream that is not read holds
    /// 64 KiB, and 256 such streams hold up the others.
    package var streamCredit = 64 * 1024
    package var connectionCredit = 16 * 1024 * 1024
    /// Bytes of messages that a stream's sender may be ahead of its connection.
    package var sendAhead = 64 * 1024
    /// Connections of a server, and of one peer, which is an address other than loopback.
    package var connections = 8192
    package var connectionsPerPeer = 64
    /// Calls of a server whose handlers have suspended: each holds its request and a task.
    package var inFlight = 4096
    /// Calls that wait on one event loop of a server for their turn.
    package var queued = 1024
    /// Time for preface and HELLO.
    package var handshake = Duration.seconds(3)
    /// Time for the rest of a frame, once its first byte came.
    package var partialFrame = Duration.seconds(10)
    /// PING and empty DATA a second.
    package var pingsPerSecond = 200
    /// PINGs sooner than this after the one before, with no reply between, that are one too many in a row.
    package var pingFloor = Duration.seconds(5)
    package var pingStrikes = 3
    /// CANCEL before the reply a second: above it is a rapid reset.
    package var cancelsPerSecond = 100
    /// Silence with calls open after which a client sends a PING, and how long the answer may take.
    package var pingAfter = Duration.seconds(10)
    package var pingAnswer = Duration.seconds(20)
    /// Deadline of a call that names none, and the latest that one may name.
    package var defaultTimeout = Duration.seconds(10)
    package var longestTimeout = Duration.seconds(600)
    /// Silence with no call open after which a server asks a client to go: 8192 dead peers must not fill it.
    package var idle = Duration.seconds(300)
    /// Age at which a server asks a client to connect anew, ± 10 %: so clients find new servers, and load spreads after a restart.
    package var connectionAge = Duration.seconds(30 * 60)
    /// Longest time that a drain waits for calls.
    package var drainGrace = Duration.seconds(25)

    /// Of what a reader takes, this much is reported to its connection at a time: so little that neither half of a stream's credit
    /// nor half of the connection's can hide in what its readers have not reported.
    var reportedPortion: Int { max(1, min(streamCredit / 4, connectionCredit / (2 * max(1, streams)))) }

    package init() {}
}
