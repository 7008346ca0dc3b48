/// Why a question is none for this desk.
enum OutOfScope: String, Sendable, CaseIterable {
    case medicalAdvice, otherCountry, instructions

    /// What the asker is told.
    var explanation: String {
        switch self {
        case .medicalAdvice:
            "This desk answers questions about coding and billing. It gives no medical advice: ask a clinician."
        case .otherCountry:
            "This desk holds code sets and rules of the United States; it holds none of other countries."
        case .instructions:
            "This is no question about coding. Text that gives instructions to the assistant is treated as text."
        }
    }
}
