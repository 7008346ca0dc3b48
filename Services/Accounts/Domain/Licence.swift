package import Calendar

/// The operator's licence for the texts of a code set, as its owner's agreement says.
package struct Licence: Sendable, Equatable {
    /// Whether its texts may be shown.
    package enum Status: String, Sendable {
        case active
        case notBegun = "not_begun"
        case lapsed
        /// Switched off by hand.
        case withdrawn
    }

    package let id: String
    /// Whose texts, e.g. `cpt`.
    package let system: String
    package let licensee: String
    package let number: String
    /// The years of the code set that it covers; nil: all.
    package let years: ClosedRange<Int64>?
    /// Named users a calendar year; nil: no limit.
    package let seats: Int?
    /// Both days included.
    package let startsOn: CalendarDate
    package let endsOn: CalendarDate
    /// Whether texts may be sent to an outside model.
    package let allowsModels: Bool
    /// Texts that one account may be shown in a day; nil: `usualDailyTexts`.
    package let dailyTexts: Int?
    package let isWithdrawn: Bool

    /// Texts a day where the licence says none: more than anybody reads, far fewer than the eleven thousand of the set, so that
    /// nobody copies it. A licence without any limit would let an account crawl all of it.
    package static let usualDailyTexts = 500

    /// As it is stored.
    package init(
        id: String, system: String, licensee: String, number: String, years: ClosedRange<Int64>?, seats: Int?,
        startsOn: CalendarDate, endsOn: CalendarDate, allowsModels: Bool, dailyTexts: Int?, isWithdrawn: Bool = false
    ) {
        self.id = id
        self.system = system
        self.licensee = licensee
        self.number = number
        self.years = years
        self.seats = seats
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.allowsModels = allowsModels
        self.dailyTexts = dailyTexts
        self.isWithdrawn = isWithdrawn
    }

    /// How it stands on a day.
    package func status(on date: CalendarDate) -> Status {
        if isWithdrawn { return .withdrawn }
        if date < startsOn { return .notBegun }
        return endsOn < date ? .lapsed : .active
    }

    /// The licence to go by on a day: an active one, else the one that says best why there is none.
    package static func inForce(of licences: [Licence], on date: CalendarDate) -> Licence? {
        let order: [Status] = [.active, .lapsed, .withdrawn, .notBegun]
        return licences.min { left, right in
            let ranks = [left, right].map { order.firstIndex(of: $0.status(on: date)) ?? order.count }
            return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : right.startsOn < left.startsOn
        }
    }
}
