package import Calendar

/// That somebody went off to pay. Its id is what the provider's events name, and later the subscription's.
package struct Checkout: Sendable, Equatable {
    package let id: String
    package let payer: Payer
    /// Who went, and gets mail about it.
    package let account: AccountID
    package let offer: String
    package let seats: Int
    /// 0: no trial.
    package let trialDays: Int64
    package let createdAt: UTCInstant

    /// How long the provider's page may be opened, seconds.
    package static let lifetime: Int64 = 3_600
    /// Checkouts that one payer may begin in a day: each is a row, paid or not.
    package static let dailyLimit = 30

    /// As it is stored.
    package init(
        id: String, payer: Payer, account: AccountID, offer: String, seats: Int, trialDays: Int64,
        createdAt: UTCInstant
    ) {
        self.id = id
        self.payer = payer
        self.account = account
        self.offer = offer
        self.seats = seats
        self.trialDays = trialDays
        self.createdAt = createdAt
    }
}
