import Calendar
package import Contracts
import Logging
import Mail
package import RPC

extension BillingHandler {
    /// An event of the provider's; see the contract.
    package func receiveEvent(
        _ request: BillingAPI.ReceiveEventRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.ReceiveEventReply {
        try await me.base.answering { try await receive(request.body, signature: request.signature) }
    }

    /// What the test provider's page shows; see the contract.
    package func lookAtTestPage(
        _ request: BillingAPI.LookAtTestPageRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.TestPage {
        try await me.answering(context, .session) { caller in
            let (checkout, subscription) = try testSubject(request.id, of: caller)
            guard let offer = try billing.offer(subscription?.offer ?? checkout.offer) else {
                throw AccountError.notFound("offer")
            }
            let trial = checkout.trialDays > 0 ? ", the first \(checkout.trialDays) days free" : ""
            let title =
                subscription.map { "The subscription is \($0.state.rawValue)" }
                ?? "\(offer.plan.text) for a \(offer.interval.rawValue)\(trial)"
            return BillingAPI.TestPage(
                offer: BillingAPI.Offer(offer), seats: UInt32(clamping: subscription?.seats ?? checkout.seats),
                title: title, buttons: Self.buttons(subscription))
        }
    }

    /// What a button of the test provider's does; see the contract.
    package func pressTestButton(
        _ request: BillingAPI.PressTestButtonRequest, context: CallContext
    ) async throws(ServiceError) -> BillingAPI.ReceiveEventReply {
        try await me.answering(context, .session) { caller in
            let (checkout, subscription) = try testSubject(request.id, of: caller)
            guard Self.buttons(subscription).contains(request.button) else {
                throw InvalidField("button", "the page has no such button now")
            }
            let name = request.offer.isEmpty ? subscription?.offer ?? checkout.offer : request.offer
            guard let offer = try billing.offer(name) else { throw AccountError.notFound("offer") }
            let body = try Self.testEvent(
                request.button, id: "test-\(me.base.word())", checkout, subscription, offer,
                seats: request.seats == 0 ? nil : Int(request.seats), at: caller.now
            ).bytes()
            guard let signer = provider.signer else { throw Self.noTestProvider }
            return try await receive(body, signature: signer.signature(of: body, at: caller.now))
        }
    }

    private func receive(_ body: [UInt8], signature: String) async throws -> BillingAPI.ReceiveEventReply {
        let now = me.base.clock.now
        guard let signer = provider.signer else {
            throw AccountError.precondition("nothing is sold here", reason: "no_provider")
        }
        guard body.count <= PaymentEventBody.limit else {
            throw InvalidField("body", "an event has at most \(PaymentEventBody.limit) bytes")
        }
        // Nothing of the body is read before its signature is known to be right.
        try signer.check(signature, of: body, at: now)
        let event = try PaymentEventBody.event(body)
        let letters = me.base.letters
        let outcome = try await billing.apply(event, at: now) { event, subscription, address in
            letters.billing(event, subscription, to: address)
        }
        me.base.logger.info(
            "payment event", metadata: ["kind": "\(event.kind.rawValue)", "outcome": "\(outcome.rawValue)"])
        return BillingAPI.ReceiveEventReply(outcome: outcome.rawValue)
    }

    private func testSubject(_ id: String, of caller: Caller) throws -> (Checkout, Subscription?) {
        guard case .test = provider else { throw Self.noTestProvider }
        guard let checkout = try billing.checkout(id), try billing.owns(checkout.payer, caller.account.id) else {
            throw AccountError.notFound("checkout")
        }
        return (checkout, try billing.subscription(id))
    }

    private static let noTestProvider = AccountError.precondition(
        "there is no test provider here", reason: "no_test_provider")

    private static func buttons(_ subscription: Subscription?) -> [String] {
        switch subscription?.state {
        case nil: ["pay", "fail"]
        case .trial, .active: ["renew", "fail", "cancel", "change", "end"]
        case .pastDue: ["renew", "fail", "cancel", "end"]
        case .ending: ["resume", "end"]
        case .ended: []
        }
    }

    private static func testEvent(
        _ button: String, id: String, _ checkout: Checkout, _ present: Subscription?, _ offer: Offer, seats: Int?,
        at now: UTCInstant
    ) -> PaymentEventBody {
        let event: (PaymentEvent.Kind, UTCInstant?, Bool?) -> PaymentEventBody = { kind, end, trial in
            PaymentEventBody(
                id: id, type: kind, checkout: checkout.id, created: now, periodEnd: end, offer: offer.id,
                seats: seats, trial: trial)
        }
        switch button {
        case "pay":
            let isTrial = checkout.trialDays > 0
            let end = isTrial ? now.adding(seconds: checkout.trialDays * 86_400) : offer.end(ofPeriodFrom: now)
            return event(.started, end, isTrial)
        case "renew":
            // The next period begins where this one ends, or now when it was over.
            let start = present.map { max($0.periodEnd, now) } ?? now
            return event(.renewed, offer.end(ofPeriodFrom: start), nil)
        case "cancel": return event(.cancelled, nil, nil)
        case "resume": return event(.resumed, nil, nil)
        case "change": return event(.changed, nil, nil)
        case "end": return event(.ended, nil, nil)
        default: return event(.failed, nil, nil)
        }
    }
}
