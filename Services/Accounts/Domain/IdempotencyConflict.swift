/// An idempotency key that was used before, by the same subject for something else.
package struct IdempotencyConflict: Error, Sendable, Equatable {
    /// The conflict.
    package init() {}
}
