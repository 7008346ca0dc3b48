package import Calendar

/// Slows down guessing of passwords: a growing delay for one address from one network, and a limit for one network.
///
/// Nothing is counted for an address alone: strangers elsewhere can then never keep its owner out.
/// Bounded: two generations of counters; when the newer is full it becomes the older, and the older is forgotten.
package struct LoginThrottle: Sendable {
    private enum Key: Hashable, Sendable {
        case pair(address: String, network: NetworkPrefix?)
        case network(NetworkPrefix)
        /// Codes of a second factor. Only who knows the password gets to try one, so that no stranger can count here.
        case code(AccountID)
    }

    private struct Failures: Sendable {
        var count = 0
        var last: UTCInstant
    }

    /// Failures of an address from a network that cost no delay: people mistype.
    package static let freeFailures = 5
    /// Longest delay of an address from a network, seconds.
    package static let longestDelay: Int64 = 900
    /// Longest delay of a whole network, seconds: short, so that one guesser cannot keep an office out.
    package static let longestNetworkDelay: Int64 = 30
    /// Failures from a network before it must wait: an office shares an address.
    package static let networkFailures = 100
    /// After this time without a failure the counting starts again, seconds.
    package static let memory: Int64 = 3600

    private var newer: [Key: Failures] = [:]
    private var older: [Key: Failures] = [:]
    private let capacity: Int

    /// Remembers up to `capacity` counters, about 100 bytes each.
    package init(capacity: Int = 65_536) {
        self.capacity = capacity
    }

    /// Asks for a try. A try that may be made counts as failed from its beginning, so that many at once are no way
    /// around the delay; `succeeded` or `withdrawn` takes that back.
    ///
    /// - Returns: seconds to wait; 0: the try may be made now.
    package mutating func admit(address: EmailAddress, network: NetworkPrefix?, at now: UTCInstant) -> Int64 {
        let pair = Key.pair(address: address.canonical, network: network)
        var wait = delay(pair, free: Self.freeFailures, longest: Self.longestDelay, now)
        if let network {
            let all = delay(.network(network), free: Self.networkFailures, longest: Self.longestNetworkDelay, now)
            wait = max(wait, all)
        }
        guard wait == 0 else { return wait }
        count(pair, now)
        if let network { count(.network(network), now) }
        return 0
    }

    /// The right password was given: the failures of the address from this network are forgotten.
    package mutating func succeeded(address: EmailAddress, network: NetworkPrefix?) {
        let pair = Key.pair(address: address.canonical, network: network)
        newer[pair] = nil
        older[pair] = nil
        if let network { takeBack(.network(network)) }
    }

    /// The password could not be compared: the try does not count.
    package mutating func withdrawn(address: EmailAddress, network: NetworkPrefix?) {
        takeBack(.pair(address: address.canonical, network: network))
        if let network { takeBack(.network(network)) }
    }

    /// Asks for a try of a second factor's code, from whatever network; it counts as failed until `codeSucceeded`.
    ///
    /// - Returns: seconds to wait; 0: the try may be made now.
    package mutating func admitCode(_ account: AccountID, at now: UTCInstant) -> Int64 {
        let key = Key.code(account)
        let wait = delay(key, free: Self.freeFailures, longest: Self.longestDelay, now)
        if wait == 0 { count(key, now) }
        return wait
    }

    /// The right code was given.
    package mutating func codeSucceeded(_ account: AccountID) {
        newer[.code(account)] = nil
        older[.code(account)] = nil
    }

    /// Counters remembered now.
    package var count: Int { newer.count + older.count }

    private mutating func delay(_ key: Key, free: Int, longest: Int64, _ now: UTCInstant) -> Int64 {
        // When the clock steps back, the last failure was now: nobody waits longer than the rule says.
        if let last = newer[key]?.last, now < last { newer[key]?.last = now }
        if let last = older[key]?.last, now < last { older[key]?.last = now }
        guard let failures = newer[key] ?? older[key], failures.count >= free,
            now < failures.last.adding(seconds: Self.memory)
        else { return 0 }
        let wait = min(longest, Int64(1) << min(20, Int64(failures.count - free)))
        return max(0, failures.last.seconds + wait - now.seconds)
    }

    private mutating func takeBack(_ key: Key) {
        if let failures = newer[key] { newer[key]?.count = max(0, failures.count - 1) }
        if let failures = older[key] { older[key]?.count = max(0, failures.count - 1) }
    }

    private mutating func count(_ key: Key, _ now: UTCInstant) {
        var failures = newer[key] ?? older[key] ?? Failures(last: now)
        if now >= failures.last.adding(seconds: Self.memory) { failures.count = 0 }
        failures.count += 1
        failures.last = now
        if newer[key] == nil && newer.count >= capacity / 2 {
            older = newer
            newer = [:]
        }
        newer[key] = failures
        older[key] = nil
    }
}
