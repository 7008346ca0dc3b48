package import Calendar

/// What somebody keeps about a code.
package struct MarkedCode: Sendable, Equatable {
    /// `system/CODE`.
    package let code: String
    package let isFavourite: Bool
    /// Empty: none.
    package let note: String
    /// Whether a change of the code is mailed.
    package let isWatched: Bool
    package let changedAt: UTCInstant

    /// Codes that one account may mark.
    package static let limit = 500
    /// Longest note, bytes.
    package static let noteLimit = 10_000

    /// As it is stored.
    package init(code: String, isFavourite: Bool, note: String, isWatched: Bool, changedAt: UTCInstant) {
        self.code = code
        self.isFavourite = isFavourite
        self.note = note
        self.isWatched = isWatched
        self.changedAt = changedAt
    }

    /// Whether nothing is kept: then the row goes.
    package var isEmpty: Bool { !isFavourite && note.isEmpty && !isWatched }
}
