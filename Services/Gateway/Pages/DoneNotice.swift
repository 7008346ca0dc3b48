/// What the page after a form says was done: the word of `?done=`, never its own text.
enum DoneNotice: String, Sendable {
    case password
    case email
    case verification
    case session
    case sessions
    case factorOff = "factor-off"
    case key
    case saved
    case searches
    case terms
    case suspended
    case roles
    case plan
    case grant
    case correction
    case licence
    case seats
    case offer
    case invited
    case withdrawn
    case joined
    case memberRole = "member-role"
    case removed
    case transferred
    case left
    case organisationDeleted = "organisation-deleted"
    case payment

    init?(_ fields: FormFields) { self.init(rawValue: fields["done"]) }

    var text: String {
        switch self {
        case .password: "Your password is changed. All other sessions have ended."
        case .email: "A link is on its way to the new address. The change is made when you follow it."
        case .verification: "The link is on its way again."
        case .session: "The session has ended."
        case .sessions: "All other sessions have ended."
        case .factorOff: "The second factor is off."
        case .key: "The key is revoked for good."
        case .saved: "Saved."
        case .searches: "Your choice about searches is kept."
        case .terms: "Thank you. The licensed texts are open to you."
        case .suspended: "The suspension is changed."
        case .roles: "The roles are changed. They count from the account's next request on."
        case .plan: "The plan is changed."
        case .grant: "Given. It is an entry of the ledger."
        case .correction: "Corrected. It is an entry of the ledger."
        case .licence: "The licence record is changed."
        case .seats: "The organisation's seats are changed. The audit log says how."
        case .offer: "The offer is changed. Who has it keeps what was bought."
        case .invited: "The invitation is on its way."
        case .withdrawn: "The invitation is withdrawn; its link opens nothing any more."
        case .joined: "You are a member now."
        case .memberRole: "The member's role is changed."
        case .removed: "The member is removed."
        case .transferred: "The organisation has a new owner."
        case .left: "You have left the organisation."
        case .organisationDeleted: "The organisation is deleted."
        case .payment: "The provider's word has arrived. What it changed is below."
        }
    }
}
