import Foundation

/// What `status` shows: one line that says whether all is well, a table of programs, and what is not in order.
struct StatusScreen {
    /// Clears the screen before each picture, and colours what failed and what an operator should know.
    let isTerminal: Bool

    func text(_ rows: [ProgramFigures], findings: [Finding], at now: Date) -> String {
        let bad = findings.filter { $0.verdict == .bad }
        let notices = findings.filter { $0.verdict == .notice }
        let headline =
            bad.isEmpty
            ? "The desk is well, \(notices.count) notes." : "\(bad.count) things are wrong, \(notices.count) notes."
        let table = Output.table([ProgramFigures.heading] + rows.map(\.cells)).split(separator: "\n")
        var lines = [paint("\(now.formatted(.iso8601))  \(headline)", bad.isEmpty ? .bold : .red), ""]
        for (index, line) in table.enumerated() {
            lines.append(paint(String(line), index == 0 ? .bold : rows[index - 1].isWell ? .plain : .red))
        }
        let said = bad + notices
        if !said.isEmpty {
            lines.append("")
            let cells = said.map { [$0.verdict.rawValue, $0.subject, $0.says] }
            for (finding, line) in zip(said, Output.table(cells).split(separator: "\n")) {
                lines.append(paint(String(line), finding.verdict == .bad ? .red : .yellow))
            }
        }
        let picture = lines.joined(separator: "\n")
        return isTerminal ? "\u{1B}[H\u{1B}[2J" + picture : picture
    }

    /// SGR codes (ECMA-48).
    private enum Colour: String {
        case plain = ""
        case bold = "1"
        case red = "31"
        case yellow = "33"
    }

    private func paint(_ line: String, _ colour: Colour) -> String {
        isTerminal && colour != .plain ? "\u{1B}[\(colour.rawValue)m\(line)\u{1B}[0m" : line
    }
}
