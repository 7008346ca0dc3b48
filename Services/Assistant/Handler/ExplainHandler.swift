package import Contracts
package import RPC

/// Explains one code: reads the record from Lookup, lets the domain word it, hands it back with its sources.
package struct ExplainHandler: Sendable {
    private let lookup: LookupAPI.Client

    /// - Parameter lookup: a channel to Lookup; the owner closes it.
    package init(lookup: any RPCChannel) {
        self.lookup = LookupAPI.Client(lookup)
    }

    /// - Throws: what Lookup throws: `notFound` for a code that no loaded edition holds on the date, `invalidArgument` for
    ///   a malformed one, `unavailable` while Lookup is away.
    package func explain(
        _ request: AssistantAPI.ExplainRequest, context: CallContext
    ) async throws(ServiceError) -> AssistantAPI.Answer {
        // No block is asked for: an explanation rests on what every reader may see, so it can be given to every reader.
        let page = try await lookup.getCodePage(
            LookupAPI.GetCodePageRequest(system: request.system, code: request.code, on: request.on, openBlocks: []),
            options: CallOptions(within: context))
        guard let record = CodeRecord(page) else {
            throw ServiceError(.internal, "Lookup answered with a status that this program does not know.")
        }
        return AssistantAPI.Answer(Explanation(record), of: page, on: request.on)
    }
}
