import Accounts
import Calendar

/// The metering rules once more, as plainly as they can be said: what the ledger is compared with.
struct LedgerModel {
    struct Meter: Hashable {
        let subject: Subject
        let feature: Feature
    }

    struct Grant {
        let item: MeteredItem
        let at: UTCInstant
        let period: Period
    }

    private(set) var grants: [Meter: [Grant]] = [:]
    private var carried: [Meter: [MeteredItem: UTCInstant]] = [:]
    private var keys: [Subject: [[UInt8]: OpenOrder]] = [:]
    private var networks: [String: Int] = [:]
    private var merged: Set<GuestID> = []
    let networkCeiling: Int

    enum Answer: Equatable {
        case granted, `repeat`, limit, ceiling, conflict
    }

    init(networkCeiling: Int) { self.networkCeiling = networkCeiling }

    mutating func open(_ order: OpenOrder, at now: UTCInstant) -> Answer {
        let meter = Meter(subject: order.subject, feature: order.feature)
        if let key = order.key, let earlier = keys[order.subject]?[key] {
            return earlier.feature == order.feature && earlier.item == order.item ? .granted : .conflict
        }
        let current = current(meter, at: now)
        if current.contains(where: { $0.item == order.item }) { return .repeat }
        if let end = carried[meter]?[order.item], now < end { return .repeat }
        guard current.count < limit(meter) else { return .limit }
        if case .guest = order.subject, let network = order.network {
            let day = "\(now.date) \(network.text)"
            guard networks[day, default: 0] < networkCeiling else { return .ceiling }
            networks[day, default: 0] += 1
        }
        grants[meter, default: []].append(Grant(item: order.item, at: now, period: period(meter, at: now)))
        if let key = order.key { keys[order.subject, default: [:]][key] = order }
        return .granted
    }

    func remaining(_ meter: Meter, at now: UTCInstant) -> Int {
        limit(meter) - current(meter, at: now).count
    }

    mutating func register(_ account: AccountID, guest: GuestID, at now: UTCInstant) {
        guard merged.insert(guest).inserted else { return }
        for feature in Feature.allCases {
            for grant in grants[Meter(subject: .guest(guest), feature: feature)] ?? [] where now < grant.period.end {
                carried[Meter(subject: .account(account), feature: feature), default: [:]][grant.item] =
                    grant.period.end
            }
        }
    }

    private func limit(_ meter: Meter) -> Int {
        switch (meter.subject, meter.feature) {
        case (.guest, .codePage), (.guest, .casePilotQuestion): 1
        case (.guest, .caseConsultantCase): 0
        case (.account, .codePage), (.account, .casePilotQuestion): 5
        case (.account, .caseConsultantCase): 1
        }
    }

    private func current(_ meter: Meter, at now: UTCInstant) -> [Grant] {
        // Time does not go back, so those of the current period are the last ones, and never more than the limit.
        (grants[meter] ?? []).suffix(limit(meter)).filter { $0.period.start <= now && now < $0.period.end }
    }

    private func period(_ meter: Meter, at now: UTCInstant) -> Period {
        if let running = current(meter, at: now).first { return running.period }
        let day: Int64 = 86_400
        switch (meter.subject, meter.feature) {
        case (.guest, .codePage): return Period(start: now, end: now.adding(seconds: 30 * day))
        case (_, .casePilotQuestion):
            let start = now.seconds / day * day
            return Period(start: UTCInstant(seconds: start), end: UTCInstant(seconds: start + day))
        default:
            var (start, end) = (UTCInstant(startOf: now.date), UTCInstant(startOf: now.date))
            while start.date.day > 1 { start = start.adding(seconds: -day) }
            while end.date.month == now.date.month { end = end.adding(seconds: day) }
            return Period(start: start, end: end)
        }
    }
}
