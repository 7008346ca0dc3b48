/// What the first three characters of an ICD-10-PCS code say, and what its seven axes are called in each section
/// (`Resources/icd10pcs-headings.json`).
package struct ProcedureHeadings: Sendable, Decodable {
    /// One section of ICD-10-PCS.
    struct Section: Sendable, Decodable {
        let title: String
        /// What characters 2 to 7 are called.
        let axes: [String]
        let systems: [String: String]
        let operations: [String: String]
    }

    let sections: [String: Section]

    /// The table that comes with the program.
    ///
    /// - Throws: ``FileRefusal`` when it is missing.
    package static func bundled() throws -> ProcedureHeadings {
        try ImportResource.table(ProcedureHeadings.self, "icd10pcs-headings.json")
    }

    /// The title of a heading of one to three characters.
    func title(of heading: String) -> String {
        let characters = heading.map(String.init)
        let section = characters.first.flatMap { sections[$0] }
        let title: String? =
            switch characters.count {
            case 1: section?.title
            case 2: section?.systems[characters[1]]
            default: section?.operations[characters[2]]
            }
        return title ?? "Codes that begin with \(heading)"
    }

    /// What a character is called, e.g. character 5 of section 0: "Approach".
    func axis(_ place: Int, section: String) -> String {
        if place == 1 { return "Section" }
        guard let axes = sections[section]?.axes, axes.indices.contains(place - 2) else { return "Character \(place)" }
        return axes[place - 2]
    }
}
