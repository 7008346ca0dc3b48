import Wire

/// How a server presents itself and what it bounds.
package struct ServerConfiguration: Sendable {
    /// What the server is, e.g. "Lookup"; the instance and the build, for people who look at a connection.
    package var name: String
    package var instance: String
    package var build: String
    package var limits: Limits
    /// Calls of a method whose handlers may be suspended at once; the others of the server are not held up by it.
    package var methodLimits: [Method: Int]
    /// Whether `limits.inFlight` is the most of a limit that adapts itself (`AdaptiveLimit`).
    package var adaptsInFlight: Bool
    /// `Contract.hash`; 0: not said.
    package var schemaHash: UInt64
    /// How it knows who calls over TCP.
    package var security: ServerSecurity
    /// What is done at the beginning and at the end of every call.
    package var filters: FilterChain

    package init(
        name: String, instance: String = "", build: String = "", limits: Limits = Limits(),
        methodLimits: [Method: Int] = [:], adaptsInFlight: Bool = false, schemaHash: UInt64 = 0,
        security: ServerSecurity = .plaintext, filters: FilterChain = []
    ) {
        self.name = name
        self.instance = instance
        self.build = build
        self.limits = limits
        self.methodLimits = methodLimits
        self.adaptsInFlight = adaptsInFlight
        self.schemaHash = schemaHash
        self.security = security
        self.filters = filters
    }

    /// The HELLO that both sides send.
    var hello: RPCHeaders.Hello {
        RPCHeaders.Hello(
            minVersion: 1, maxVersion: 1, maxFrame: UInt32(limits.frame), maxMessage: UInt32(limits.message),
            maxStreams: UInt32(limits.streams), streamCredit: UInt32(limits.streamCredit),
            connectionCredit: UInt32(limits.connectionCredit), service: name, instance: instance, build: build,
            pingFloorMs: UInt32(clamping: limits.pingFloor.milliseconds),
            schemaHash: schemaHash)
    }
}
