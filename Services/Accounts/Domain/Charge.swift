/// What the rules say to a charge of one.
package enum Charge: Sendable, Equatable {
    /// Enter `topUp` first when it is not 0, then the charge; `remaining` is what is left after it, nil without limit.
    case grant(topUp: Int, remaining: Int?)
    /// Nothing is left.
    case refuse
}
