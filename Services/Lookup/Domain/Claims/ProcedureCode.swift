/// A HCPCS code of five characters, of either level: CPT (a digit first) or Level II (a letter first).
package struct ProcedureCode: Sendable, Hashable, Comparable {
    /// The characters as a number in base 36; keeps the order of the codes.
    package let number: Int32

    /// - Parameter text: five digits and upper-case letters, at least one digit; blanks around it and lower case pass.
    package init?(_ text: some StringProtocol) {
        var trimmed = text[...]
        while trimmed.first == " " { trimmed.removeFirst() }
        while trimmed.last == " " { trimmed.removeLast() }
        self.init(bytes: Array(trimmed.uppercased().utf8))
    }

    /// - Parameter bytes: five digits and upper-case letters, at least one digit.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 5 else { return nil }
        var number: Int32 = 0
        var hasDigit = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = number * 36 + Int32(byte - UInt8(ascii: "0"))
                hasDigit = true
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): number = number * 36 + Int32(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
        }
        guard hasDigit else { return nil }
        self.number = number
    }

    /// - Parameter number: what `number` of another code was; nil when it cannot have been.
    package init?(number: Int) {
        guard (0..<60_466_176).contains(number) else { return nil }
        self.number = Int32(number)
    }

    /// Whether it belongs to CPT.
    package var isCPT: Bool { number < 10 * 1_679_616 }

    /// The set that it belongs to.
    package var system: CodeSystem { isCPT ? .cpt : .hcpcs }

    package static func < (left: ProcedureCode, right: ProcedureCode) -> Bool { left.number < right.number }
}

extension ProcedureCode: CustomStringConvertible {
    /// The five characters.
    package var description: String {
        var bytes: [UInt8] = []
        var rest = number
        for _ in 0..<5 {
            let digit = UInt8(rest % 36)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
            rest /= 36
        }
        return String(decoding: bytes.reversed(), as: UTF8.self)
    }
}
