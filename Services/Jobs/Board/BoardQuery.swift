/// A question to the board.
package struct BoardQuery: Sendable, Equatable {
    /// In which order.
    package enum Order: String, Sendable, CaseIterable {
        /// Words first; without words the newest first.
        case relevance
        case date
        /// The highest upper end first; postings without a salary last.
        case salary
    }

    /// A circle on the map.
    package struct Circle: Sendable, Equatable {
        /// Degrees, WGS 84.
        package var latitude: Double
        package var longitude: Double
        package var miles: Double

        /// `miles` is the radius.
        package init(latitude: Double, longitude: Double, miles: Double) {
            self.latitude = latitude
            self.longitude = longitude
            self.miles = miles
        }
    }

    /// The words, already split and folded by `Words`.
    package var words: [String] = []
    /// Within a facet one value suffices; across facets all must hold.
    package var filters: [Facet: Set<String>] = [:]
    /// Only postings with a place in it.
    package var circle: Circle?
    package var order = Order.relevance
    /// Where the page before ended.
    package var after: BoardPosition?
    package var limit = 20
    /// Whether the values of the facets are counted.
    package var countsFacets = true
    /// Whether postings with some of the words are found when none has all.
    package var mayRelax = true

    /// The question without words and filters.
    package init() {}
}

/// Where a posting stands in an order. It depends on the posting and the question alone, never on other postings: a page
/// after a position is the same whatever was published or closed meanwhile.
package struct BoardPosition: Sendable, Equatable, Comparable {
    /// The larger the earlier.
    package let key: Int64
    /// Seconds since 1970 of publication; the larger the earlier.
    package let publishedAt: Int64
    package let id: PostingID

    /// The parts, as a page token holds them.
    package init(key: Int64, publishedAt: Int64, id: PostingID) {
        self.key = key
        self.publishedAt = publishedAt
        self.id = id
    }

    /// Earlier in the list.
    package static func < (left: BoardPosition, right: BoardPosition) -> Bool {
        if left.key != right.key { return left.key > right.key }
        if left.publishedAt != right.publishedAt { return left.publishedAt > right.publishedAt }
        return left.id < right.id
    }
}

/// What the board answers.
package struct BoardAnswer: Sendable, Equatable {
    package var positions: [BoardPosition] = []
    /// How many postings match.
    package var total = 0
    /// How many there are of each value when the other facets' filters hold: what a reader would get by choosing it.
    package var counts: [Facet: [String: Int]] = [:]
    /// The names of the employers that are counted or chosen, by id.
    package var employerNames: [String: String] = [:]
    /// No posting had all words; these have some.
    package var isRelaxed = false
    /// There are more after the last position.
    package var hasMore = false
}
