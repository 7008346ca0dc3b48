extension ProcedureAxisNames {
    /// The names that come with the program.
    init(_ headings: ProcedureHeadings) {
        self.init(bySection: headings.sections.mapValues(\.axes))
    }
}
