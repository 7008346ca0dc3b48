/// A reference file that would add something and that the list does not have.
package struct WantedReference: Sendable, Equatable, Decodable {
    package let kind: ReferenceKind
    package let name: String
    /// What loading it would add, in a sentence.
    package let adds: String
    /// Where an operator gets it.
    package let from: String

    /// Names what is missing.
    package init(kind: ReferenceKind, name: String, adds: String, from: String) {
        self.kind = kind
        self.name = name
        self.adds = adds
        self.from = from
    }
}
