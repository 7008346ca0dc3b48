import Lookup

/// What came of pulling one file.
struct PullOutcome: Equatable {
    enum Result: Equatable {
        /// It was there already with the right bytes.
        case kept
        /// It was taken from here.
        case taken(from: String)
        /// None of the places that could be looked at has it.
        case absent
        /// A place that should have it could not give it.
        case failed(String)
    }

    let file: FileSource
    let result: Result

    /// Why it failed, or nil.
    var failure: String? {
        guard case .failed(let reason) = result else { return nil }
        return reason
    }
}
