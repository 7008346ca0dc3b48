/// Filters in their order, put together once for a server or a channel.
package struct FilterChain: Sendable, ExpressibleByArrayLiteral {
    private let filters: [any Filter]

    package init(_ filters: [any Filter]) { self.filters = filters }

    package init(arrayLiteral filters: any Filter...) { self.filters = filters }

    /// Nothing is called and nothing copied then.
    package var isEmpty: Bool { filters.isEmpty }

    /// Begins a call with each filter in turn. When one refuses it, those before it are told that it ended.
    func begin(_ context: inout CallContext) throws(ServiceError) {
        for index in filters.indices {
            do throws(ServiceError) {
                try filters[index].begin(&context)
            } catch {
                end(context, CallOutcome(failure: error.kind, duration: .zero), from: index)
                throw error
            }
        }
    }

    /// Tells each filter, the last first.
    func end(_ context: CallContext, _ outcome: CallOutcome) { end(context, outcome, from: filters.count) }

    private func end(_ context: CallContext, _ outcome: CallOutcome, from count: Int) {
        for index in (0..<count).reversed() { filters[index].end(context, outcome) }
    }
}
