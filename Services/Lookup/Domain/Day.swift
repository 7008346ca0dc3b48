/// A calendar day (proleptic Gregorian), such as a date of service or the first day of an edition.
package struct Day: Sendable, Hashable, Comparable {
    /// Year × 10 000 + month × 100 + day, as CMS files write it: 20260401.
    package let number: Int32

    /// - Parameter number: YYYYMMDD; nil when it names no day of the calendar.
    package init?(number: Int) {
        let year = number / 10_000
        let month = number / 100 % 100
        let day = number % 100
        guard (1900...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Day.length(month: month, year: year)
        else { return nil }
        self.number = Int32(number)
    }

    /// A number that is known to name a day.
    init(unchecked number: Int32) {
        self.number = number
    }

    /// - Parameter text: YYYY-MM-DD, nothing else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var number = 0
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self.init(number: number)
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    private static func length(month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Day: CustomStringConvertible {
    /// YYYY-MM-DD.
    package var description: String {
        let digits = Array(String(number))
        return String(digits[0..<4]) + "-" + String(digits[4..<6]) + "-" + String(digits[6..<8])
    }
}
