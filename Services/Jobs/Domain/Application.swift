package import Calendar

/// Where an application stands.
package enum ApplicationStage: String, Sendable, CaseIterable, Codable {
    case received, reviewing, interview, offer, hired, declined, withdrawn

    /// Nothing follows.
    package var isFinal: Bool { self == .withdrawn }
}

/// What somebody sent to an employer.
package struct Application: Sendable, Equatable {
    package let id: String
    package let posting: PostingID
    package let account: String
    package var name: String
    package var email: String
    package var phone: String
    package var cover: String
    /// The file of the résumé in the store's folder; empty: none, or deleted.
    package var resume: String
    /// As the applicant called it; only shown.
    package var resumeName: String
    package var stage: ApplicationStage
    /// For the employer alone.
    package var note: String
    package let at: UTCInstant

    /// A new application is `received`.
    package init(
        id: String, posting: PostingID, account: String, name: String, email: String, phone: String, cover: String,
        resume: String, resumeName: String, stage: ApplicationStage = .received, note: String = "", at: UTCInstant
    ) {
        self.id = id
        self.posting = posting
        self.account = account
        self.name = name
        self.email = email
        self.phone = phone
        self.cover = cover
        self.resume = resume
        self.resumeName = resumeName
        self.stage = stage
        self.note = note
        self.at = at
    }
}
