package import Calendar

/// Who posts jobs.
package struct Employer: Sendable, Equatable {
    /// What somebody may do for an employer.
    package enum Role: String, Sendable, CaseIterable {
        /// Adds and removes members.
        case owner
        case member
    }

    /// An account that works for the employer.
    package struct Member: Sendable, Equatable {
        package let account: String
        package let role: Role

        /// `account` is the account's id.
        package init(account: String, role: Role) {
            self.account = account
            self.role = role
        }
    }

    package let id: EmployerID
    package var name: String
    /// In lower case, e.g. `example.org`.
    package var domain: String
    package var website: String
    package var about: String
    package var verifiedAt: UTCInstant?
    /// Made up, to try the desk out.
    package var isSample: Bool
    /// The organisation of Accounts whose people work for it; empty: none.
    package var organisation: String

    /// A new employer has proven nothing.
    package init(
        id: EmployerID, name: String, domain: String, website: String, about: String, verifiedAt: UTCInstant? = nil,
        isSample: Bool = false, organisation: String = ""
    ) {
        self.id = id
        self.name = name
        self.domain = domain
        self.website = website
        self.about = about
        self.verifiedAt = verifiedAt
        self.isSample = isSample
        self.organisation = organisation
    }
}
