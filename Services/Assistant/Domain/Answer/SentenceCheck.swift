/// Why a sentence was kept or cut.
struct SentenceCheck: Sendable, Equatable {
    /// What was wrong.
    enum Fault: String, Sendable, CaseIterable {
        case empty = "it says nothing"
        case tooLong = "it is longer than a sentence should be"
        case strangeCharacters = "it holds characters that could disguise a code"
        case noCitation = "it cites nothing"
        case unknownCitation = "it cites what is not there"
        case unknownCode = "it names a code that neither Lookup nor its source has"
        case invalidCode = "it names a code that is not valid on the date without saying so"
        case unsupportedNumber = "it gives a number that its source does not have"
        case unsupportedWords = "its words are not those of its source"
        case otherDirection = "it denies what its source says, or says what its source denies"
        case repeated = "it was said already"
    }

    var text: String
    /// nil: it was kept.
    var fault: Fault?
}
