/// Finds the date of service in a question: 2025-03-01, 3/1/2025, March 1, 2025, 1 March 2025, March 2025, "in 2025".
enum DateReader {
    /// A day and the words that said it.
    struct Found: Sendable, Equatable {
        /// YYYY-MM-DD.
        var day: String
        /// Only a month or year was said; the first day of it is taken.
        var isVague: Bool
    }

    /// The first date, or nil. Years from 1990 to 2099.
    static func date(in text: String) -> Found? {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "/" }.map(String.init)
        for (index, word) in words.enumerated() {
            if let day = iso(word) ?? american(word) { return Found(day: day, isVague: false) }
            if let month = month(word), let found = named(month, around: index, in: words) { return found }
        }
        for (index, word) in words.enumerated() where index > 0 && ["in", "for", "during"].contains(words[index - 1]) {
            if let year = year(word) { return Found(day: "\(year)-01-01", isVague: true) }
        }
        return nil
    }

    /// Whether a text is a day that exists.
    static func isDay(_ text: String) -> Bool { iso(text) == text }

    private static func iso(_ word: String) -> String? {
        let parts = word.split(separator: "-")
        guard word.utf8.count == 10, parts.count == 3, let year = year(String(parts[0])), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return nil }
        return text(year, month, day)
    }

    private static func american(_ word: String) -> String? {
        let parts = word.split(separator: "/")
        guard parts.count == 3, let month = Int(parts[0]), let day = Int(parts[1]) else { return nil }
        let long = parts[2].utf8.count == 2 ? "20\(parts[2])" : String(parts[2])
        guard let year = year(long) else { return nil }
        return text(year, month, day)
    }

    private static func named(_ month: Int, around index: Int, in words: [String]) -> Found? {
        let next = index + 1 < words.count ? words[index + 1] : ""
        let afterNext = index + 2 < words.count ? words[index + 2] : ""
        if let day = ordinal(next), let year = year(afterNext), let text = text(year, month, day) {
            return Found(day: text, isVague: false)
        }
        guard let year = year(next) else { return nil }
        if index > 0, let day = ordinal(words[index - 1]), let text = text(year, month, day) {
            return Found(day: text, isVague: false)
        }
        return text(year, month, 1).map { Found(day: $0, isVague: true) }
    }

    private static func ordinal(_ word: String) -> Int? {
        let digits = word.prefix { $0.isNumber }
        guard digits.count <= 2, ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) else { return nil }
        return Int(digits)
    }

    private static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, let year = Int(word), (1990...2099).contains(year) else { return nil }
        return year
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let monthNames: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "sept", "october",
        "november", "december",
    ]

    private static func month(_ word: String) -> Int? {
        guard months.contains(word) || monthNames.contains(word) else { return nil }
        return months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 }
    }

    private static func text(_ year: Int, _ month: Int, _ day: Int) -> String? {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
