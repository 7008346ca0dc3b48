import Contracts

/// Why a code page was refused, until when, and what opens it.
struct WallView: Sendable {
    let heading: String
    let explanation: String
    let resets: String
    let hasResets: Bool
    let resetsAt: String
    let reason: String
    let offersRegistration: Bool

    init(_ reply: AccountsAPI.OpenReply, isGuest: Bool, freeAllowance: UInt32?) {
        let limit = reply.balance?.limit ?? 0
        let pages = limit == 1 ? "1 code page" : "\(limit) code pages"
        let offer =
            freeAllowance.map { " A free account opens \($0) more this month, with all eight blocks of each." } ?? ""
        reason = reply.reason
        offersRegistration = isGuest
        if isGuest, reply.reason == "network_ceiling" {
            heading = "Register to go on"
            explanation =
                "Guests in your network have opened as many code pages as one network may in a day.\(offer)"
        } else if isGuest {
            heading = "Register to go on"
            explanation =
                "Guest accounts are limited to \(pages) in 30 days, and yours is used. "
                + "The page that you opened stays open.\(offer)"
        } else {
            heading = "No code page views left this month"
            explanation =
                "Your account opens \(pages) a month, and they are used. The pages that you opened stay open."
        }
        resetsAt = reply.balance?.resetsAt ?? ""
        let instant = UTCInstant(resetsAt)
        hasResets = instant != nil
        resets = instant?.words ?? ""
    }
}
