/// Which documents may answer.
struct SearchSelection {
    /// Runs of places, ascending.
    var places: [Range<Int>]
    /// Asked for each document that has enough of the words.
    var admits: (SearchDocument) -> Bool
}
