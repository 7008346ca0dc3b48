/// A file that would add something and that no edition of the list covers.
package struct WantedSource: Sendable, Equatable, Decodable {
    package let system: CodeSystem
    package let name: String
    /// What loading it would add, in a sentence.
    package let adds: String
    /// Where an operator gets it.
    package let from: String

    /// Names what is missing.
    package init(system: CodeSystem, name: String, adds: String, from: String) {
        self.system = system
        self.name = name
        self.adds = adds
        self.from = from
    }
}
