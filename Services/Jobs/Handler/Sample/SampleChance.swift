/// SplitMix64 (Steele, Lea, Flood 2014): the same seed makes the same board.
struct SampleChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &self)] }

    mutating func some<Value>(_ values: [Value], upTo limit: Int) -> [Value] {
        Array(values.shuffled(using: &self).prefix(Int.random(in: 0...limit, using: &self)))
    }

    /// True in so many of a hundred.
    mutating func holds(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
