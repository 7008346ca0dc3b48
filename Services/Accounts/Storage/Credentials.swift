/// An account with the secrets that it logs in with.
package struct Credentials: Sendable {
    package let account: Account
    package let passwordHash: String
    /// The second factor's secret; empty: none.
    package let secret: [UInt8]
    /// The step of the last code that was used.
    package let lastStep: Int64
}
