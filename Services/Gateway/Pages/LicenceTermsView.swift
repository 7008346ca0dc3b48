import Contracts

/// Why a licensed code set's texts are not on the page, and what a reader can do about it.
struct LicenceTermsView: Sendable {
    let version: String
    let text: String
    let path: String
    let isAcceptable: Bool

    /// For readers without an account: only named users see licensed texts.
    static let forGuests = LicenceTermsView(
        text: "The texts of this code set are licensed. Registered users see them after accepting their owner's terms.")

    private init(text: String) {
        self.text = text
        (version, path, isAcceptable) = ("", "", false)
    }

    /// nil when the texts may be shown.
    init?(_ reply: AccountsAPI.UseLicenceReply, system: String, next: String) {
        version = reply.termsVersion
        path = "/account/terms/\(system)" + PercentCoding.query([("next", next)])
        let until = UTCInstant(reply.resetsAt).map { " until \($0.words)" } ?? ""
        isAcceptable = reply.verdict == .termsNeeded
        switch reply.verdict {
        case .allowed: return nil
        case .termsNeeded:
            text = "The texts of this code set are licensed. Their owner asks each user to accept terms once."
        case .noSeat: text = "All seats of the licence for this code set are taken\(until). Ask the operator for one."
        case .dailyLimit: text = "You have opened as many licensed texts as the licence allows in a day\(until)."
        case .noLicence, .unspecified, .unrecognized:
            text = "No licence for the texts of this code set is in force here, so they are not shown."
        }
    }
}
