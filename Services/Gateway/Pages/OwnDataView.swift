/// Export and deletion of a reader's own data, as `data.mustache` takes it.
struct OwnDataView: Sendable {
    let sections = AccountSection.data.navigation
    let csrf: String
    let email: String
    let hasFactor: Bool
    let problem: String?
    /// The account is gone; nothing else is shown.
    let isDeleted: Bool
}
