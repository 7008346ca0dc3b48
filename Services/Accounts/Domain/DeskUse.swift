package import Calendar

/// What was looked at, newest first.
package struct DeskUse: Sendable, Equatable {
    package let viewed: [(code: String, at: UTCInstant)]
    package let keepsSearches: Bool
    package let searches: [String]

    /// Views and searches that are kept of an account.
    package static let limit = 50
    /// Longest search that is kept, bytes.
    package static let searchLimit = 200

    /// As it is stored.
    package init(viewed: [(code: String, at: UTCInstant)], keepsSearches: Bool, searches: [String]) {
        self.viewed = viewed
        self.keepsSearches = keepsSearches
        self.searches = searches
    }

    package static func == (left: DeskUse, right: DeskUse) -> Bool {
        left.viewed.elementsEqual(right.viewed) { $0 == $1 } && left.keepsSearches == right.keepsSearches
            && left.searches == right.searches
    }
}
