/// Time and chance, so that tests can say what they are.
package struct Surroundings: Sendable {
    /// Seconds since 1970.
    package let now: @Sendable () -> Int64
    /// That many bytes that nobody can guess.
    package let randomBytes: @Sendable (Int) -> [UInt8]

    /// The clock and the generator to use.
    package init(now: @escaping @Sendable () -> Int64, randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The machine's own.
    package static let system = Surroundings(
        now: { Int64(WallClock.seconds) },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })

    /// A name for something new: 16 random bytes, hexadecimal.
    func newID() -> String {
        randomBytes(16).map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }
}
