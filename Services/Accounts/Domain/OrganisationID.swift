package import Calendar

/// Which organisation: made as an account's id is.
package struct OrganisationID: Sendable, Equatable, Hashable {
    package let text: String

    /// An id as it was once minted; nil when `text` cannot be one.
    package init?(_ text: String) {
        guard AccountID(text) != nil else { return nil }
        self.text = text
    }

    /// A new id.
    package init(at instant: UTCInstant, using generator: inout some RandomNumberGenerator) {
        text = AccountID(at: instant, using: &generator).text
    }

    /// As rows of the audit log and of subscriptions name it.
    package var stored: String { "o:\(text)" }
}
