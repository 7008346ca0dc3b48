/// What must hold does not.
package struct Broken: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

func require(_ holds: Bool, _ otherwise: @autoclosure () -> String) throws(Broken) {
    guard holds else { throw Broken(otherwise()) }
}
