import Contracts
package import RPC
import Schema
import Tracing

/// The way from one program to another.
package struct ProgramLink: Sendable {
    package let channel: any RPCChannel
    private let client: Client

    init(client: Client, channel: any RPCChannel) {
        self.client = client
        self.channel = channel
    }

    /// Ends its connections; calls under way fail with `unavailable`.
    package func close() async { await client.close() }
}

extension Boot {
    /// The way to another program, as the settings say: its socket or its address, with this program's certificate.
    package func link(to other: ProgramName) -> ProgramLink {
        let client = Client(
            configuration: ClientConfiguration(
                target: security.target(of: other, settings), security: security.client(of: other),
                name: program.executable, schemaHash: Contract.hash))
        let methods = Contract.schema.methods.values.map {
            Method(fullName: $0.fullName, id: Method.id(of: $0.fullName), isIdempotent: $0.isIdempotent)
        }
        var filters: [any Filter] = [MetricsFilter(.client, methods: methods, factory: metrics)]
        if let tracer { filters.append(TracingFilter(.client, tracer: tracer)) }
        let channel = FilteredChannel(client, peer: other.executable, filters: FilterChain(filters))
        return ProgramLink(client: client, channel: channel)
    }
}
