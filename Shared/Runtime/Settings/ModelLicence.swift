/// Whether CPT text may be sent to a language model.
package enum ModelLicence: String, Sendable, CaseIterable {
    /// An answer that cites CPT text is worded by the rules.
    case never
    /// The operator's licence with the American Medical Association allows it.
    case allowed
}
