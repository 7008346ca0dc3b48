/// What a note leaves open that the code has to say.
enum CaseNeed: String, Sendable, Equatable {
    case laterality
    case seventhCharacter
}

/// A code that a note gives reason for.
struct CaseSuggestion: Sendable, Equatable {
    var listing: Listing
    /// Higher is better; comparable within one note.
    var score: Double
    /// Unicode scalars of the note.
    var evidence: [Range<Int>]
    /// Everything that speaks for it is said of the past.
    var historical: Bool
    var needs: [CaseNeed]
}

/// A code that the words lead to and that was not taken.
struct CaseRejection: Sendable, Equatable {
    /// Why it was not taken.
    enum Reason: String, Sendable {
        case denied, relative, covered, alternative, general, similar
    }

    var listing: Listing
    var span: Range<Int>
    /// What it would have scored.
    var score: Double
    var reason: Reason
    /// The reason in a sentence.
    var why: String
}

/// Two suggestions that an Excludes1 note says not to use together.
struct CaseConflict: Sendable, Equatable {
    var code: String
    var other: String
    var note: String
    /// The code or heading at which the note stands.
    var standsAt: String
}

/// What came of a note.
struct CaseResult: Sendable, Equatable {
    /// Best first.
    var suggestions: [CaseSuggestion]
    var rejected: [CaseRejection]
    var conflicts: [CaseConflict]
}
