/// What is taken from the code list of the Outpatient Code Editor.
package enum OutpatientRole: Sendable, Equatable {
    /// Every code of the term: no official HCPCS file is loaded for it.
    case alone
    /// The codes that the official file of the same day leaves out; these are what it lists.
    case beyond(Set<String>)
    /// Indicators of the codes that the official file of the same day lists, and no code.
    case about(Set<String>)

    /// Whether no code is listed.
    var isOnlyIndicators: Bool {
        guard case .about = self else { return false }
        return true
    }
}
