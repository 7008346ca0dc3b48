/// Keeps a margin of each deadline for the way back: what is called, or the handler, is given so much less, and a call that has no more than
/// the margin left is not begun.
package struct DeadlineFilter: Filter {
    private let margin: Duration

    /// - Parameter margin: what the answer needs to travel back.
    package init(margin: Duration) { self.margin = margin }

    /// - Throws: `deadlineExceeded`, nothing having run.
    package func begin(_ context: inout CallContext) throws(ServiceError) {
        guard context.remaining > margin else {
            throw ServiceError(.deadlineExceeded, "too little time is left to begin \(context.method.fullName)")
        }
        context.keep(margin)
    }
}
