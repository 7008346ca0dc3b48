/// Why the settings were refused: one sentence a fault, each with the variable's name and what would be right.
package struct SettingsError: Error, Equatable, CustomStringConvertible {
    /// At least one.
    package let faults: [String]

    package var description: String { faults.joined(separator: "\n") }
}
