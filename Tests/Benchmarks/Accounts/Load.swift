import Accounts
import Contracts

/// Who opens pages in a measurement.
enum Load {
    /// Each page by a new guest, whose ids begin with their time as Gateway's do.
    case guests
    /// All pages by one account without limit.
    case professional

    func subject(_ task: Int, _ step: Int, _ account: AccountID) throws -> Subject {
        switch self {
        case .guests: try Subject(kind: "guest", id: "\(1_000_000 + step)-\(1_000 + task)-guest")
        case .professional: .account(account)
        }
    }
}

extension AccountsAPI.Subject {
    init(_ subject: Subject) {
        switch subject {
        case .guest(let guest): self.init(kind: "guest", id: guest.text)
        case .account(let account): self.init(kind: "account", id: account.text)
        }
    }
}
