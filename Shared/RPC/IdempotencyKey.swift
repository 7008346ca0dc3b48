/// 16 bytes under which a server does a piece of work at most once.
package struct IdempotencyKey: Sendable, Hashable {
    package let bytes: [UInt8]

    /// - Parameter bytes: exactly 16; nil otherwise.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// A fresh key.
    package static func random(using generator: inout some RandomNumberGenerator) -> IdempotencyKey {
        let high = generator.next()
        let low = generator.next()
        return IdempotencyKey(
            uncheckedBytes: (0..<8).map { UInt8(truncatingIfNeeded: high >> ($0 * 8)) }
                + (0..<8).map { UInt8(truncatingIfNeeded: low >> ($0 * 8)) })
    }

    /// A fresh key from the system's generator.
    package static func random() -> IdempotencyKey {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    private init(uncheckedBytes: [UInt8]) { bytes = uncheckedBytes }
}
