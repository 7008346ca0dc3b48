import Contracts
package import Runtime

/// The composition root of Assistant.
package enum AssistantService {
    /// Makes the program of its settings. It owns no store yet: its answers rest on Lookup alone.
    package static func compose(_ boot: Boot) async throws -> Composition {
        let lookup = boot.link(to: .lookup)
        let handler = ExplainHandler(lookup: lookup.channel)
        return Composition(routes: AssistantAPI.routes(handler), close: { await lookup.close() })
    }
}
