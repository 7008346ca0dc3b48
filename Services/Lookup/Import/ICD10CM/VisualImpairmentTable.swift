/// The one table inside the Tabular List (categories of visual impairment, under H54), turned into a line per category.
struct VisualImpairmentTable {
    private enum Column { case category, below, atLeast }

    private var column = Column.category
    private var category = ""
    private var below: [String] = []
    private var atLeast: [String] = []
    private var lines: [String] = []
    private var isOpen = false

    /// An element begins.
    mutating func start(_ element: String) {
        switch element {
        case "visualImpairment": isOpen = true
        case "visCategory":
            column = .category
            category = ""
            below = []
            atLeast = []
        case "visMax": column = .below
        case "visMin": column = .atLeast
        default: break
        }
    }

    /// An element ends with this text.
    mutating func end(_ element: String, _ text: String) {
        guard isOpen else { return }
        switch element {
        case "value":
            switch column {
            case .category: category = text
            case .below: below.append(text)
            case .atLeast: atLeast.append(text)
            }
        case "visCategory":
            guard !category.isEmpty else { return }
            var parts = below.isEmpty ? [] : ["less than \(below.joined(separator: " or "))"]
            if !atLeast.isEmpty { parts.append("equal to or better than \(atLeast.joined(separator: " or "))") }
            lines.append(
                "Category \(category) of visual impairment: visual acuity with best possible correction "
                    + parts.joined(separator: ", "))
        default: break
        }
    }

    /// The lines of the table, which is then empty.
    mutating func take() -> [String] {
        defer { self = VisualImpairmentTable() }
        return lines
    }
}
