import Contracts

/// The built-in test provider's page, as `testpayment.mustache` takes it.
struct TestPaymentView: Sendable {
    struct Button: Sendable {
        let word: String
        let label: String
    }

    let sections = AccountSection.billing.navigation
    let csrf: String
    let id: String
    let title: String
    let price: String
    let seats: UInt32
    let buttons: [Button]
    let hasButtons: Bool
    let problem: String?
    let notice: String? = nil

    init(_ page: BillingAPI.TestPage, id: String, csrf: String, problem: String?) {
        self.csrf = csrf
        self.id = id
        title = page.title
        let offer = page.offer ?? BillingAPI.Offer()
        price = BillingView.OfferView(offer, trialPossible: false).price
        seats = page.seats
        buttons = page.buttons.filter { $0 != "change" }.map { Button(word: $0, label: Self.label($0)) }
        hasButtons = !buttons.isEmpty
        self.problem = problem
    }

    private static func label(_ button: String) -> String {
        switch button {
        case "pay": "Pay"
        case "fail": "Let the payment fail"
        case "renew": "Pay for the next period"
        case "cancel": "Cancel at the end of the period"
        case "resume": "Go on after all"
        default: "End at once"
        }
    }
}
