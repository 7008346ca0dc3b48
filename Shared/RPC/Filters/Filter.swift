/// What is done at the beginning and at the end of each call, on either side of it: who calls, whether it may, what is logged, counted, traced.
///
/// Both functions run in place, on the event loop on the server's side: they must be quick and never block. A filter sees a call's
/// context, never its messages, so that one shape fits every kind of call on every transport.
package protocol Filter: Sendable {
    /// The call begins; what is changed here is what the next filter and the handler (or the server that is called) see.
    ///
    /// - Throws: the call ends with this error and does not run.
    func begin(_ context: inout CallContext) throws(ServiceError)

    /// The call has ended. Told for each call that this filter let through, in the reverse order of the filters.
    func end(_ context: CallContext, _ outcome: CallOutcome)
}

extension Filter {
    package func begin(_ context: inout CallContext) throws(ServiceError) {}
    package func end(_ context: CallContext, _ outcome: CallOutcome) {}
}

/// How a call ended.
package struct CallOutcome: Sendable, Equatable {
    /// Nil: OK.
    package var failure: ServiceError.Kind?
    /// From its beginning at the place where the filter stands.
    package var duration: Duration

    package init(failure: ServiceError.Kind?, duration: Duration) {
        self.failure = failure
        self.duration = duration
    }
}
