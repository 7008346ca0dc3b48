import Contracts

/// What a service is paid in each locality of a state: two bars a locality (office, facility), and the same as a table.
struct FeeChart: Sendable {
    struct Row: Sendable {
        let locality: String
        /// Empty: not priced there.
        let office: String
        let facility: String
    }

    /// One locality is no comparison.
    static let fewestRows = 2

    private static let width = 720.0
    private static let left = 262.0
    /// For the amount behind the longest bar.
    private static let right = 64.0
    private static let rowHeight = 34.0
    private static let barHeight = 11.0
    /// As many capitals as stand left of the bars; the counties that a name ends with have a line of their own.
    private static let longestName = 30

    let svg: String
    /// The most that is paid first.
    let rows: [Row]
    /// Prices that it is drawn from.
    let count: Int
    /// The most and the least, in words.
    let summary: String

    /// nil unless the physician fee schedule prices the service in several localities.
    init?(_ prices: [ReferenceAPI.Price], code: String) {
        let found = prices.filter {
            $0.schedule == "pfs-relative-values" && !$0.locality.isEmpty && Self.cents($0.amount) != nil
        }
        var amounts: [String: [String: String]] = [:]
        for price in found { amounts[price.locality, default: [:]][price.setting] = price.amount }
        guard amounts.count >= Self.fewestRows else { return nil }
        // A service that is paid alike everywhere has no setting.
        rows = amounts.map { locality, bySetting in
            Row(
                locality: locality, office: bySetting["non-facility"] ?? bySetting[""] ?? "",
                facility: bySetting["facility"] ?? "")
        }.sorted { (Self.most($1), $0.locality) < (Self.most($0), $1.locality) }
        count = found.count
        let ends = [rows[0], rows[rows.count - 1]].map { "$\(Self.text(Self.most($0))) in \($0.locality)" }
        summary = "From \(ends[1]) to \(ends[0])."
        var drawing = SVG(
            id: "fees", style: "narrow", width: Int(Self.width), height: Int(Self.rowHeight) * rows.count + 8,
            title: "What \(code) is paid, by locality",
            description: summary + " "
                + rows.map { row in
                    let office = row.office.isEmpty ? "" : " office $\(row.office)"
                    return "\(row.locality):\(office)\(row.facility.isEmpty ? "" : " facility $\(row.facility)")."
                }.joined(separator: " "))
        Self.draw(rows, into: &drawing)
        svg = drawing.text
    }

    private static func draw(_ rows: [Row], into drawing: inout SVG) {
        let most = Double(max(rows.map(Self.most).max() ?? 1, 1))
        for (index, row) in rows.enumerated() {
            let top = Double(index) * rowHeight + 4
            for (line, words) in lines(row.locality).enumerated() {
                drawing.text(
                    words, x: left - 8, y: top + barHeight + (line == 0 ? -1 : 13), anchor: "end")
            }
            let bars = [("fill", "office", row.office), ("soft", "facility", row.facility)].filter { !$0.2.isEmpty }
            for (place, (style, setting, amount)) in bars.enumerated() {
                let y = top + Double(place) * (barHeight + 2)
                let length = Double(cents(amount) ?? 0) / most * (width - left - right)
                drawing.rectangle(
                    style, x: left, y: y, width: length, height: barHeight,
                    hint: "\(row.locality), \(setting): $\(amount)")
                drawing.text("$\(amount)", x: left + length + 6, y: y + barHeight - 1)
            }
        }
        drawing.line("axis", x1: left, y1: 0, x2: left, y2: rowHeight * Double(rows.count))
    }

    /// `SAN JOSE (SANTA CLARA CNTY)` in two lines.
    private static func lines(_ locality: String) -> [String] {
        let parts = locality.split(separator: "(", maxSplits: 1)
        let texts = parts.enumerated().map { ($0 == 0 ? "" : "(") + $1 }.map { text -> String in
            let words = String(text.reversed().drop { $0 == " " }.reversed())
            return words.count <= longestName ? words : words.prefix(longestName - 1) + "…"
        }
        return texts
    }

    private static func most(_ row: Row) -> Int { max(cents(row.office) ?? 0, cents(row.facility) ?? 0) }

    /// `41.59` → 4159; nil for what is no amount of dollars and cents.
    private static func cents(_ amount: String) -> Int? {
        let parts = amount.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 2 else { return nil }
        return Int(parts[0] + parts[1])
    }

    private static func text(_ cents: Int) -> String {
        "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    }
}
