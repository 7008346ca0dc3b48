/// How a line of the log is written.
package enum LogFormat: String, Sendable, CaseIterable {
    /// `time=… level=info program=lookup msg="snapshot opened" edition=…`
    case logfmt
    /// One JSON object a line, same keys.
    case json
}
