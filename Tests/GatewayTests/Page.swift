import HTTPTypes

/// A reply as a test looks at it.
struct Page: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let text: String

    /// The value of the first `data-grant`.
    var grant: String? { value(after: "data-grant=\"") }
    /// What the meter says is left.
    var remaining: String? { value(after: "data-remaining=\"") }
    /// The token of the page's first form.
    var token: String { value(after: "name=\"csrf\" value=\"") ?? "" }

    /// How many blocks are in a state.
    func blocks(_ state: String) -> Int {
        text.components(separatedBy: "data-state=\"\(state)\"") - 1
    }

    /// What stands between a mark and the next quotation mark.
    func value(_ mark: String) -> String? { value(after: mark) }

    private func value(after mark: String) -> String? {
        guard let range = text.firstRange(of: mark) else { return nil }
        return String(text[range.upperBound...].prefix { $0 != "\"" })
    }
}

extension String {
    /// How many pieces a separator cuts the text into.
    fileprivate func components(separatedBy separator: String) -> Int {
        ranges(of: separator).count + 1
    }
}
