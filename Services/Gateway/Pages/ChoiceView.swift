/// One choice of a list in a form.
struct ChoiceView: Sendable {
    let value: String
    let label: String
    let isChosen: Bool

    /// Every code set, after "all".
    static func systems(chosen: String, all: String = "All code sets") -> [ChoiceView] {
        [ChoiceView(value: "", label: all, isChosen: chosen.isEmpty)]
            + CodeSystem.allCases.map { system in
                ChoiceView(value: system.rawValue, label: system.name, isChosen: system.rawValue == chosen)
            }
    }

    /// Billable, headings, both.
    static func billable(chosen: String) -> [ChoiceView] {
        [("", "Codes and headings"), ("true", "Billable codes"), ("false", "Headings")].map { value, label in
            ChoiceView(value: value, label: label, isChosen: value == chosen)
        }
    }
}
