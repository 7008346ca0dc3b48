/// Numbers a reference file within a snapshot.
package struct ReferenceID: Sendable, Hashable {
    /// The number itself.
    package let number: Int
    /// Wraps a number of the snapshot.
    package init(_ number: Int) { self.number = number }
}
