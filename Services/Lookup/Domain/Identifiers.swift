/// Numbers an edition within a snapshot, from 1 in the order of import.
package struct EditionID: Sendable, Hashable {
    /// The number itself.
    package let number: Int
    /// Wraps a number of the snapshot.
    package init(_ number: Int) { self.number = number }
}

/// Numbers a code or heading within a snapshot, whatever editions list it.
package struct CodeID: Sendable, Hashable {
    /// The number itself.
    package let number: Int
    /// Wraps a number of the snapshot.
    package init(_ number: Int) { self.number = number }
}

/// Numbers a code or heading as one edition lists it; within an edition, in the order of the code set.
package struct ListingID: Sendable, Hashable {
    /// The number itself.
    package let number: Int
    /// Wraps a number of the snapshot.
    package init(_ number: Int) { self.number = number }
}
