import Hummingbird
import NIOCore
import RPC

/// What the edge knows of a request before any page runs.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the socket; nil when a test calls the router without one.
    let peer: SocketAddress?
    /// Named by the edge before anything else runs.
    var requestID = ""
    /// The trace that the request belongs to; named by the edge too.
    var trace: TraceContext?
    /// What the reply will ask the browser to keep.
    let cookies = SetCookies()

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }
}
