/// A wording of the index that a note has.
struct CaseMention: Sendable, Equatable {
    /// A document whose wording it is, and how far its source is to be preferred.
    struct Candidate: Sendable, Equatable {
        var place: Int
        var strength: Float
    }

    /// Best first.
    var candidates: [Candidate]
    /// How much the wording says: the weights of its words, less for words between them.
    var score: Float
    /// Unicode scalars of the note.
    var span: Range<Int>
    var context: CaseContext
    /// Sides of the body that the clause names.
    var sides: SearchSides
    /// The clause speaks of healing or aftercare, or of a consequence.
    var encounter: CaseEncounter
    /// Its words are general ones ("mass"), which say too little alone.
    var isGeneral: Bool
    /// The span of a longer wording that holds all of this one's words; nil when there is none.
    var coveredBy: Range<Int>?
}

/// Which encounter a 7th character would say.
enum CaseEncounter: String, Sendable, Equatable {
    case unstated, subsequent, sequela

    init(_ words: Set<String>) {
        if words.contains("sequela") || words.contains("sequelae") {
            self = .sequela
        } else if words.contains("healing") || words.contains("healed") || words.contains("aftercare") {
            self = .subsequent
        } else {
            self = .unstated
        }
    }
}
