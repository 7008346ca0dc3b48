/// How long calls took, in buckets that are at most an eighth wide: 1 µs to 2³² µs in 240 numbers.
package struct LatencyHistogram: Sendable, Equatable {
    private static let steps = 8
    private static let bucketCount = 240

    private var counts = [UInt64](repeating: 0, count: LatencyHistogram.bucketCount)

    package init() {}

    /// Counts one call.
    package mutating func record(microseconds: UInt64) {
        counts[LatencyHistogram.index(microseconds)] += 1
    }

    /// The buckets that are not empty, ascending, each with the longest time that falls into it.
    package var buckets: [(upper: UInt64, count: UInt64)] {
        counts.indices.filter { counts[$0] > 0 }.map { (LatencyHistogram.upper($0), counts[$0]) }
    }

    /// The bucket of a time: below 16 µs each has its own, above every power of two is cut into eight.
    static func index(_ microseconds: UInt64) -> Int {
        guard microseconds >= 16 else { return Int(microseconds) }
        let exponent = 63 - microseconds.leadingZeroBitCount
        let step = Int(microseconds >> UInt64(exponent - 3)) & (steps - 1)
        return min(16 + (exponent - 4) * steps + step, bucketCount - 1)
    }

    static func upper(_ index: Int) -> UInt64 {
        guard index >= 16 else { return UInt64(index) }
        let exponent = (index - 16) / steps + 4
        let step = UInt64((index - 16) % steps)
        return (UInt64(steps) + step + 1) << UInt64(exponent - 3) - 1
    }
}
