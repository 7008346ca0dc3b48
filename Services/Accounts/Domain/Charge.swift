/// What the rules say to a charge of one.
package enum Charge: Sendable, Equatable {
    /// Take one from `bucket`; enter `topUp` first when it is not 0. `remaining` is what is left after it in all
    /// purses, nil without limit.
    case grant(bucket: Bucket, topUp: Int, remaining: Int?)
    /// Nothing is left.
    case refuse
}
