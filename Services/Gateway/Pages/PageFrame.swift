/// What surrounds every page: its title, the header and who is signed in.
struct PageFrame: Sendable {
    /// Shown before the site's name.
    let title: String
    /// The product whose pages these are, marked in the header.
    var product: Product?
    /// The search words, shown again in the header's search field.
    var query = ""
    /// The signed-in reader's address.
    var email: String?
    /// Whether the header leads to the administration.
    var isAdministrator = false
    /// Whether it leads to the moderation alone.
    var isModerator = false
    var isConsultant = false
    /// The token of the header's log-out form; empty when nobody is signed in.
    var csrf = ""
    /// Where log-in and registration lead back to.
    var returnPath = ""
}
