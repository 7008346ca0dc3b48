/// A decimal number without rounding: an integer and the number of its decimals. Money and factors are never binary
/// fractions.
package struct ExactNumber: Sendable, Hashable {
    /// The number without its decimal point.
    private let digits: Int128
    /// How many of the digits are decimals.
    private let scale: Int

    /// Longer numbers are in no fee schedule; three of them multiplied still fit.
    private static let mostDigits = 11

    private init(digits: Int128, scale: Int) {
        self.digits = digits
        self.scale = scale
    }

    /// A whole number.
    package init(_ whole: Int) { self.init(digits: Int128(whole), scale: 0) }

    /// - Parameter text: digits, perhaps with a point, thousands separators, a dollar sign or a percent sign; nil for others.
    package init?(_ text: some StringProtocol) {
        var digits: Int128 = 0
        var count = 0
        var scale: Int?
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits = digits * 10 + Int128(byte - UInt8(ascii: "0"))
                count += 1
                if let decimals = scale { scale = decimals + 1 }
            case UInt8(ascii: ".") where scale == nil: scale = 0
            case UInt8(ascii: "$") where count == 0, UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "%"): continue
            default: return nil
            }
        }
        guard (1...Self.mostDigits).contains(count) else { return nil }
        self.init(digits: digits, scale: scale ?? 0)
    }

    package static let zero = ExactNumber(0)

    package var isZero: Bool { digits == 0 }

    package static func * (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        ExactNumber(digits: left.digits * right.digits, scale: left.scale + right.scale)
    }

    package static func + (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        let scale = max(left.scale, right.scale)
        return ExactNumber(digits: left.digits(at: scale) + right.digits(at: scale), scale: scale)
    }

    /// A number divided by a whole one, to six decimals, half up.
    package func divided(by divisor: Int) -> ExactNumber {
        let wanted = Int128(divisor)
        let wide = digits(at: scale + 7) / wanted
        return ExactNumber(digits: wide, scale: scale + 7).rounded(to: 6)
    }

    /// To so many decimals; half a unit goes up.
    package func rounded(to decimals: Int) -> ExactNumber {
        guard scale > decimals else { return ExactNumber(digits: digits(at: decimals), scale: decimals) }
        let unit = Self.power(scale - decimals)
        return ExactNumber(digits: (digits + unit / 2) / unit, scale: decimals)
    }

    private func digits(at scale: Int) -> Int128 { digits * Self.power(scale - self.scale) }

    private static func power(_ exponent: Int) -> Int128 { (0..<max(0, exponent)).reduce(1) { power, _ in power * 10 } }

    /// Equal numbers are equal however many decimals they are written with.
    package static func == (left: ExactNumber, right: ExactNumber) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.digits(at: scale) == right.digits(at: scale)
    }

    package func hash(into hasher: inout Hasher) {
        var digits = digits
        while digits != 0, digits % 10 == 0 { digits /= 10 }
        hasher.combine(digits)
    }
}

extension ExactNumber: Comparable {
    package static func < (left: ExactNumber, right: ExactNumber) -> Bool {
        let scale = max(left.scale, right.scale)
        return left.digits(at: scale) < right.digits(at: scale)
    }
}

extension ExactNumber: CustomStringConvertible {
    /// With its decimals, e.g. "41.50".
    package var description: String {
        let text = String(digits)
        guard scale > 0 else { return text }
        let padded = String(repeating: "0", count: max(0, scale + 1 - text.utf8.count)) + text
        return padded.dropLast(scale) + "." + padded.suffix(scale)
    }
}
