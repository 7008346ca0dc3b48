import ArgumentParser
import Contracts
import RPC

/// `codingahead admin seats`: how many members an organisation may have.
struct AdminSeatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seats", abstract: "Set how many members an organisation may have.")

    @Argument(help: "The organisation's id.")
    var organisation: String

    @Argument(help: "Members and waiting invitations, 1 to 1000.")
    var seats: UInt32

    @Option(help: "Named users of licensed texts a calendar year; 0: as many as the licence has room for.")
    var licensed: UInt32 = 0

    @Option(help: "Why, for the audit log.")
    var reason: String

    func run() async throws {
        let request = OrganisationsAPI.SetSeatsRequest(
            id: organisation, seats: seats, licensedSeats: licensed, reason: reason)
        try await AdminDesk.with { desk throws(ServiceError) in
            let changed = try await desk.organisations.setSeats(request, options: desk.options)
            Output.say("\(changed.name): \(changed.seats) seats")
        }
    }
}

/// `codingahead admin offers`: what can be bought.
struct AdminOffersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers", abstract: "Set what can be bought, and list it.",
        discussion: "Whoever has bought an offer keeps it as it was sold; a withdrawn one is no longer sold.")

    @Argument(help: "The offer's id, e.g. professional-month.")
    var id: String

    @Option(help: "The plan that it gives.")
    var plan = "professional"

    @Option(help: "For a month or a year.")
    var interval = "month"

    @Option(help: "The price of one period (and seat), in the smallest unit of the currency.")
    var amount: UInt32

    @Option(help: ArgumentHelp("ISO 4217.", valueName: "CODE"))
    var currency = "USD"

    @Option(help: "Days that the first subscription is free; 0: none.")
    var trialDays: UInt32 = 0

    @Flag(help: "Sold to organisations, by the seat.")
    var team = false

    @Flag(help: "No longer sold.")
    var withdrawn = false

    func run() async throws {
        let offer = BillingAPI.Offer(
            id: id, plan: plan, interval: interval, amount: amount, currency: currency, trialDays: trialDays,
            team: team, withdrawn: withdrawn)
        try await AdminDesk.with { desk throws(ServiceError) in
            let list = try await desk.billing.setOffer(.init(offer: offer), options: desk.options)
            let rows = list.offers.map { offer in
                [
                    offer.id, offer.plan, "\(offer.amount) \(offer.currency) a \(offer.interval)",
                    "\(offer.trialDays)", offer.team ? "team" : "person", offer.withdrawn ? "withdrawn" : "sold",
                ]
            }
            Output.say(Output.table([["ID", "PLAN", "PRICE", "TRIAL", "FOR", "STATE"]] + rows))
        }
    }
}
