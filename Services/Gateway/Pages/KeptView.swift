import Contracts

/// What a signed-in reader keeps about a code, with what the forms need that change it.
struct KeptView: Sendable {
    let csrf: String
    /// `system/CODE`.
    let markedCode: String
    let next: String
    let isFavourite: Bool
    let favouriteTurn: String
    let isWatched: Bool
    let watchTurn: String
    let note: String
    let hasNote: Bool

    init(_ mark: DeskAPI.MarkedCode, code: String, csrf: String, next: String) {
        self.csrf = csrf
        markedCode = code
        self.next = next
        isFavourite = mark.favourite
        favouriteTurn = mark.favourite ? "off" : "on"
        isWatched = mark.watched
        watchTurn = mark.watched ? "off" : "on"
        note = mark.note
        hasNote = !mark.note.isEmpty
    }
}
