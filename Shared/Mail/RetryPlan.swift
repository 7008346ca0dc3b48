/// When a message that was not taken is tried again (RFC 5321 §4.5.4.1).
package enum RetryPlan {
    /// After the first failure, seconds; doubled with each further one.
    package static let first: Int64 = 60
    /// Longest pause, seconds.
    package static let longest: Int64 = 4 * 3600
    /// A message that nobody took in this time has failed, seconds: the RFC asks for four to five days.
    package static let patience: Int64 = 5 * 86_400

    /// Seconds until the next try after `failures` of them; nil: it has failed for good.
    package static func pause(after failures: Int64, age: Int64) -> Int64? {
        guard age < patience else { return nil }
        return min(longest, first << min(20, max(0, failures - 1)))
    }
}
