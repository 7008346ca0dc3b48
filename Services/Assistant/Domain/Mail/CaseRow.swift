/// A case that came by mail, as it is kept: without what identified a patient.
struct CaseRow: Sendable, Equatable {
    /// Where a case stands.
    enum State: String, Sendable, CaseIterable {
        /// Waits for the program.
        case received
        case answered
        /// Waits for a person: the sources do not answer it.
        case waiting
        /// A person answered it.
        case replied
        /// Not answered, and its sender may know why.
        case refused
    }

    var id: String
    /// Lower case.
    var sender: String
    /// Empty: not known yet, or none.
    var account = ""
    var subject: String
    var text: String
    /// The Message-ID that a reply answers, without brackets.
    var messageID: String
    /// The thread before it, oldest first, separated by blanks.
    var references: String
    /// Seconds since 1970.
    var receivedAt: Int64
    var state = State.received
    /// A sentence for its sender; empty: nothing to say.
    var reason = ""
    /// Whether identifiers were taken out.
    var isRedacted = false
    /// The receiving server's verdict on the sender.
    var verdict = AuthenticationVerdict.unknown
    /// In the contract's wire form; empty: none.
    var answer: [UInt8] = []
    var trace = ""
    var reply = ""
    var tries = 0
}
