extension Subject {
    /// How rows name the subject.
    var stored: String {
        switch self {
        case .guest(let guest): "g:" + guest.text
        case .account(let account): "a:" + account.text
        }
    }

    /// The subject of a row; nil when it is none, as after a deletion (`x:`).
    init?(stored: String) {
        let id = String(stored.dropFirst(2))
        if stored.hasPrefix("g:"), let guest = GuestID(id) {
            self = .guest(guest)
        } else if stored.hasPrefix("a:"), let account = AccountID(id) {
            self = .account(account)
        } else {
            return nil
        }
    }
}

extension Feature {
    /// How rows name the feature; numbers are never used again for another one.
    var stored: Int64 {
        switch self {
        case .codePage: 1
        case .casePilotQuestion: 2
        case .caseConsultantCase: 3
        }
    }

    /// The feature of a row.
    init?(stored: Int64) {
        guard let feature = Feature.allCases.first(where: { $0.stored == stored }) else { return nil }
        self = feature
    }
}
