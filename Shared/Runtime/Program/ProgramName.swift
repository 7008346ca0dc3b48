/// The five programs.
package enum ProgramName: String, Sendable, CaseIterable {
    case lookup, assistant, accounts, jobs, gateway

    /// The name of the executable, e.g. `Lookup`.
    package var executable: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
