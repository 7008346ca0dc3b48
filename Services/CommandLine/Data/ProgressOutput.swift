import Foundation

/// Shows how far something is: one bar that fills up on a terminal, a plain line per finished step elsewhere.
struct ProgressOutput {
    /// How far it is.
    struct Step {
        let done: Int
        let total: Int
        let text: String
    }

    private static let barWidth = 24
    /// What fits on a narrow terminal beside the bar.
    private static let textWidth = 48

    private let isTerminal = isatty(STDOUT_FILENO) == 1
    private var lastDone = 0
    private var isBarShown = false

    /// Shows what is under way; on a terminal alone.
    mutating func showRunning(_ step: Step) {
        if isTerminal { show(step) }
    }

    /// Shows a step that may have been finished.
    mutating func show(_ step: Step) {
        if isTerminal {
            let filled = step.total > 0 ? Self.barWidth * step.done / step.total : Self.barWidth
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
            write("\r\u{1B}[K\(bar) \(step.done)/\(step.total) \(step.text.prefix(Self.textWidth))")
            isBarShown = true
        } else if step.done > lastDone {
            write("[\(step.done)/\(step.total)] \(step.text)\n")
        }
        lastDone = step.done
    }

    /// Prints a line above the bar.
    mutating func line(_ text: String) {
        if isBarShown { write("\r\u{1B}[K") }
        isBarShown = false
        write(text + "\n")
    }

    /// Ends the bar.
    mutating func finish() {
        if isBarShown { write("\r\u{1B}[K") }
        isBarShown = false
    }

    private func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }
}
