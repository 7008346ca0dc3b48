import Foundation

/// Time and chance, given from outside so that tests decide them.
package struct Surroundings: Sendable {
    /// Seconds since 1970 in UTC.
    package let now: @Sendable () -> Int
    /// That many unpredictable bytes.
    package let randomBytes: @Sendable (_ count: Int) -> [UInt8]

    /// Names the clock and the dice.
    package init(now: @escaping @Sendable () -> Int, randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]) {
        self.now = now
        self.randomBytes = randomBytes
    }

    /// The machine's clock and the kernel's random bytes.
    package static let system = Surroundings(
        now: { Int(Date().timeIntervalSince1970) },
        randomBytes: { count in
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        })
}
