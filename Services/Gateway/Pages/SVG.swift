/// Writes the charts: inline SVG, styled by the stylesheet's classes alone, with a title and a description for whoever
/// cannot see it (SVG-AAM). Every text goes through the same escaping as the templates'.
struct SVG {
    private var markup: String
    private let escaping = ScalarEscaping()

    /// - Parameters:
    ///   - id: unique on the page; the title and the description are named after it.
    ///   - style: a class beside `chart`.
    ///   - description: all that the picture says, in words.
    init(id: String, style: String = "", width: Int, height: Int, title: String, description: String) {
        markup =
            "<svg class=\"chart\(style.isEmpty ? "" : " \(style)")\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
            + "aria-labelledby=\"\(id)-title \(id)-text\"><title id=\"\(id)-title\">\(escaping.escapeText(title))</title>"
            + "<desc id=\"\(id)-text\">\(escaping.escapeText(description))</desc>"
    }

    mutating func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double, hint: String = "") {
        let box =
            "<rect class=\"\(style)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" "
            + "width=\"\(Self.number(max(width, 0)))\" height=\"\(Self.number(max(height, 0)))\""
        markup += hint.isEmpty ? box + "/>" : box + "><title>\(escaping.escapeText(hint))</title></rect>"
    }

    mutating func line(_ style: String, x1: Double, y1: Double, x2: Double, y2: Double) {
        markup +=
            "<line class=\"\(style)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" "
            + "x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>"
    }

    mutating func circle(_ style: String, x: Double, y: Double, radius: Double, hint: String) {
        markup +=
            "<circle class=\"\(style)\" cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" "
            + "r=\"\(Self.number(radius))\"><title>\(escaping.escapeText(hint))</title></circle>"
    }

    /// - Parameter anchor: `start`, `middle` or `end`.
    mutating func text(_ text: String, style: String = "", x: Double, y: Double, anchor: String = "start") {
        let kind = style.isEmpty ? "" : " class=\"\(style)\""
        markup +=
            "<text\(kind) x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" text-anchor=\"\(anchor)\">"
            + "\(escaping.escapeText(text))</text>"
    }

    /// The finished picture.
    var text: String { markup + "</svg>" }

    /// A coordinate with one decimal at most.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
