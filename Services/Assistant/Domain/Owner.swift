/// Who a conversation belongs to.
enum Owner: Sendable, Hashable {
    case account(String)
    case guest(String)

    /// As rows name it.
    var text: String {
        switch self {
        case .account(let id): "account:\(id)"
        case .guest(let id): "guest:\(id)"
        }
    }

    /// Reads what `text` wrote.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let id = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "account": self = .account(id)
        case "guest": self = .guest(id)
        default: return nil
        }
    }
}
