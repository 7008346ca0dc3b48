extension Subject {
    /// How rows name the subject.
    var stored: String {
        switch self {
        case .guest(let guest): "g:" + guest.text
        case .account(let account): "a:" + account.text
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
}
