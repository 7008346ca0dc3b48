package import RPC
package import ServiceLifecycle

/// What a composition root makes of the settings: everything that runs, and how it is closed.
package struct Composition: Sendable {
    /// The calls that are served; without any, no RPC port is opened (Gateway).
    package var routes: [Route]
    /// What runs beside the server, started in this order and stopped in reverse, after the server was drained.
    package var children: [any Service]
    /// Closes stores and channels, when nothing uses them any more.
    package var close: @Sendable () async -> Void

    package init(
        routes: [Route] = [], children: [any Service] = [], close: @escaping @Sendable () async -> Void = {}
    ) {
        self.routes = routes
        self.children = children
        self.close = close
    }
}
