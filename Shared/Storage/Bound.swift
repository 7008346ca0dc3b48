/// A value for a `?` of a statement.
package enum Bound: Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}
