import Contracts

/// A code's life on a line: from the day it was added to its deletion or to the edition that is shown, with a mark for each
/// change that the history block tells of. The block's paragraphs say the same in words.
struct HistoryTimeline: Sendable {
    private struct Event {
        let label: String
        /// Days, for distances only: every month counts as 31 days.
        let day: Int
        let date: String
    }

    private static let labels: Set<String> = ["Added", "Revised", "Short description revised", "Deleted"]
    private static let width = 720.0
    private static let margin = 40.0

    let svg: String

    /// nil when fewer than two moments are known.
    init?(_ paragraphs: [LookupAPI.Paragraph], shownOn: String) {
        let events = paragraphs.filter { Self.labels.contains($0.label) }.compactMap(Self.event)
            .sorted { $0.day < $1.day }
        let shown = Self.day(shownOn)
        guard events.count >= 2, let first = events.first, let last = events.last else { return nil }
        let end = max(last.day, shown ?? last.day)
        guard end > first.day else { return nil }
        let scale = (Self.width - 2 * Self.margin) / Double(end - first.day)
        let place = { (day: Int) in Self.margin + Double(day - first.day) * scale }
        var drawing = SVG(
            id: "timeline", width: Int(Self.width), height: 66, title: "When the code changed",
            description: events.map { "\($0.label) \($0.date)." }.joined(separator: " "))
        let isDeleted = last.label == "Deleted"
        drawing.line("guide", x1: Self.margin, y1: 34, x2: Self.width - Self.margin, y2: 34)
        drawing.rectangle(
            "soft", x: Self.margin, y: 28, width: place(isDeleted ? last.day : end) - Self.margin, height: 12)
        var freeFrom = -Double.infinity
        var isAbove = false
        for event in events {
            let x = place(event.day)
            drawing.circle(
                event.label == "Deleted" ? "now" : "fill", x: x, y: 34, radius: 6,
                hint: "\(event.label) \(event.date)")
            // Labels that would run into each other change sides; a third in a row is left to the words below.
            let isCrowded = x < freeFrom
            if isCrowded, isAbove { continue }
            isAbove = isCrowded
            drawing.text(
                "\(event.label.hasPrefix("Short") ? "Revised" : event.label) \(event.date)",
                x: min(max(x, 62), Self.width - 66), y: isAbove ? 18 : 58, anchor: "middle")
            freeFrom = x + 130
        }
        svg = drawing.text
    }

    private static func event(_ paragraph: LookupAPI.Paragraph) -> Event? {
        // "2019-01-01: …", "on 2017-01-01 or before: …", "Between 2018-01-01 and 2019-01-01: …": the last day before the words.
        let opening = paragraph.text.prefix { $0 != ":" && $0 != "," }
        let dates = opening.split(separator: " ").map(String.init).filter { day($0) != nil }
        guard let date = dates.last, let day = day(date) else { return nil }
        return Event(label: paragraph.label, day: day, date: date)
    }

    private static func day(_ text: String) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        return (year * 12 + month) * 31 + day
    }
}
