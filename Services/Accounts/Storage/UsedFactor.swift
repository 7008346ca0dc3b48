/// What a second factor showed; it is used up by the act that it allows.
package enum UsedFactor: Sendable, Equatable {
    /// The account has none.
    case none
    /// The code of this step.
    case code(step: Int64)
    /// A recovery code.
    case recovery(hash: [UInt8])
}
