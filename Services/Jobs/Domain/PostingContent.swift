package import Calendar

/// What an employer says of a job: one revision of a posting.
package struct PostingContent: Sendable, Equatable {
    package var title = ""
    /// Markdown; raw HTML in it is shown as text.
    package var description = ""
    /// Abbreviations of the credentials table.
    package var credentialsRequired: [String] = []
    package var credentialsPreferred: [String] = []
    /// A CPC-A or a coder without years of practice is welcome.
    package var welcomesApprentices = false
    package var specialties: [Specialty] = []
    package var setting = CodingSetting.both
    package var workplace = Workplace.onsite
    /// Where a remote coder may live; empty: anywhere in the United States.
    package var statesAllowed: [USState] = []
    /// Absent for a remote job.
    package var place: Place?
    package var employment = EmploymentType.fullTime
    package var hoursAWeek = 40
    package var salary: Salary?
    /// What is expected in a day, in the employer's words, e.g. "12 inpatient charts a day at 95 %".
    package var productivity = ""
    /// Electronic health records that are worked in.
    package var records: [String] = []
    package var encoders: [String] = []
    package var benefits: [String] = []
    package var applyMethod = ApplyMethod.form
    /// The mail address or the https link; empty for the form.
    package var applyTarget = ""
    /// The last day on which the posting is open.
    package var validThrough: CalendarDate

    /// The smallest content; the rest is set afterwards.
    package init(validThrough: CalendarDate) { self.validThrough = validThrough }

    /// Whole US dollars a year; nil without a salary.
    package var dollarsAYear: (minimum: Int64, maximum: Int64)? { salary?.dollarsAYear(hoursAWeek: hoursAWeek) }
}
