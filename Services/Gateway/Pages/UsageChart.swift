import Contracts

/// What an account opened on each day of a month, as bars and as a table.
struct UsageChart: Sendable {
    struct DayView: Sendable {
        let day: String
        let pages: Int
        let questions: Int
    }

    private static let width = 720.0
    private static let height = 150.0
    private static let floor = 122.0
    private static let left = 30.0

    let svg: String
    let month: String
    /// Only the days with something in them.
    let days: [DayView]
    let hasDays: Bool

    /// - Parameter entries: of the ledger; those of other months are left out.
    init(_ entries: [AccountsAPI.UsageEntry], today: CalendarDay) {
        let count = today.daysInMonth
        var pages = [Int](repeating: 0, count: count)
        var questions = pages
        for entry in entries where entry.at.hasPrefix(today.monthText) && !entry.item.isEmpty {
            guard let day = Int(entry.at.dropFirst(8).prefix(2)), (1...count).contains(day) else { continue }
            let change = ["charge", "reserve"].contains(entry.kind) ? 1 : entry.kind == "refund" ? -1 : 0
            if entry.feature == Feature.codePage.rawValue {
                pages[day - 1] += change
            } else {
                questions[day - 1] += change
            }
        }
        month = today.monthWords
        days = (0..<count).filter { pages[$0] > 0 || questions[$0] > 0 }.map { index in
            DayView(
                day: "\(index + 1) \(UTCInstant.months[today.month - 1])", pages: pages[index],
                questions: questions[index])
        }
        hasDays = !days.isEmpty
        let total = pages.reduce(0, +)
        let asked = questions.reduce(0, +)
        var drawing = SVG(
            id: "usage", width: Int(Self.width), height: Int(Self.height), title: "What you opened in \(month)",
            description: "\(total) code pages and \(asked) questions and cases. "
                + days.map { "\($0.day): \($0.pages) and \($0.questions)." }.joined(separator: " "))
        Self.draw(pages, questions, today: today, into: &drawing)
        svg = drawing.text
    }

    private static func draw(_ pages: [Int], _ questions: [Int], today: CalendarDay, into drawing: inout SVG) {
        let most = max(zip(pages, questions).map { max($0, 0) + max($1, 0) }.max() ?? 0, 4)
        let unit = (floor - 14) / Double(most)
        let step = (width - left) / Double(pages.count)
        for mark in [0, most / 2, most] {
            let y = floor - Double(mark) * unit
            drawing.line(mark == 0 ? "axis" : "guide", x1: left, y1: y, x2: width, y2: y)
            drawing.text("\(mark)", x: left - 6, y: y + 4, anchor: "end")
        }
        for index in pages.indices {
            let x = left + Double(index) * step + 2
            let opened = Double(max(pages[index], 0)) * unit
            let asked = Double(max(questions[index], 0)) * unit
            let hint = "\(index + 1): \(pages[index]) code pages, \(questions[index]) questions and cases"
            if opened > 0 {
                drawing.rectangle("fill", x: x, y: floor - opened, width: step - 4, height: opened, hint: hint)
            }
            if asked > 0 {
                drawing.rectangle("soft", x: x, y: floor - opened - asked, width: step - 4, height: asked, hint: hint)
            }
            let isToday = index + 1 == today.day
            if isToday || index % 5 == 0 {
                drawing.text(
                    "\(index + 1)", style: isToday ? "strong" : "", x: x + (step - 4) / 2, y: floor + 18,
                    anchor: "middle")
            }
        }
    }
}
