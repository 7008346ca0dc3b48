/// That a code is an add-on code, and a primary code that it may be added to.
package struct AddOnEdit: Sendable, Hashable {
    /// CMS's three types of add-on codes.
    package enum Kind: Int, Sendable {
        /// The list of primary codes is complete.
        case listed = 1
        /// No primary code is listed; the contractor decides.
        case contractorDefined = 2
        /// Some primary codes are listed; the contractor may accept others.
        case partlyListed = 3
    }

    package var code: ProcedureCode
    /// Nil: left to the contractor.
    package var primary: ProcedureCode?
    package var kind: Kind
    package var span: DaySpan

    /// Names the parts.
    package init(code: ProcedureCode, primary: ProcedureCode?, kind: Kind, span: DaySpan) {
        self.code = code
        self.primary = primary
        self.kind = kind
        self.span = span
    }
}
