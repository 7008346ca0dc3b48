import Wire

/// How a server presents itself and what it bounds.
package struct ServerConfiguration: Sendable {
    /// What the server is, e.g. "Lookup"; the instance and the build, for people who look at a connection.
    package var name: String
    package var instance: String
    package var build: String
    package var limits: Limits
    /// `Contract.hash`; 0: not said.
    package var schemaHash: UInt64
    /// Told of every call that ended: nil for OK. Called on the event loop: it must be quick.
    package var observer: (@Sendable (CallContext, ServiceError.Kind?, Duration) -> Void)?

    package init(
        name: String, instance: String = "", build: String = "", limits: Limits = Limits(), schemaHash: UInt64 = 0,
        observer: (@Sendable (CallContext, ServiceError.Kind?, Duration) -> Void)? = nil
    ) {
        self.name = name
        self.instance = instance
        self.build = build
        self.limits = limits
        self.schemaHash = schemaHash
        self.observer = observer
    }

    /// The HELLO that both sides send.
    var hello: RPCHeaders.Hello {
        RPCHeaders.Hello(
            minVersion: 1, maxVersion: 1, maxFrame: UInt32(limits.frame), maxMessage: UInt32(limits.message),
            maxStreams: UInt32(limits.streams), streamCredit: UInt32(limits.streamCredit),
            connectionCredit: UInt32(limits.connectionCredit), service: name, instance: instance, build: build,
            pingFloorMs: 5000,
            schemaHash: schemaHash)
    }
}
