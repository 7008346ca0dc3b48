extension UInt32 {
    /// Digits in groups of three with thin spaces, e.g. `74 719` (ISO 80000-1).
    var grouped: String {
        var out = ""
        let digits = String(self)
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out += "\u{202F}" }
            out.append(digit)
        }
        return out
    }
}
