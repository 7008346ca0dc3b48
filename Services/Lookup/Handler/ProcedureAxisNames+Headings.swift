extension ProcedureAxisNames {
    /// The names that come with the program.
    package init(_ headings: ProcedureHeadings) {
        self.init(bySection: headings.sections.mapValues(\.axes))
    }
}
