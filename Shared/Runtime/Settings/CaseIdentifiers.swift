/// What is done with a mailed case that holds what identifies a patient.
package enum CaseIdentifiers: String, Sendable, CaseIterable {
    /// The case is answered from the text without it; its sender is told.
    case redact
    /// It is not looked at; its sender is told.
    case refuse
}
