import Calendar
import Foundation

/// An event as a provider writes it in JSON; what else it holds is not read.
struct PaymentEventBody: Codable, Sendable {
    /// Longest body, bytes.
    static let limit = 16_384

    let id: String
    let type: String
    let checkout: String
    /// Unix seconds.
    let created: Int64
    let periodEnd: Int64?
    let offer: String?
    let seats: Int?
    let trial: Bool?

    private enum CodingKeys: String, CodingKey {
        case id, type, checkout, created, offer, seats, trial
        case periodEnd = "period_end"
    }

    init(
        id: String, type: PaymentEvent.Kind, checkout: String, created: UTCInstant, periodEnd: UTCInstant? = nil,
        offer: String? = nil, seats: Int? = nil, trial: Bool? = nil
    ) {
        self.id = id
        self.type = type.rawValue
        self.checkout = checkout
        self.created = created.seconds
        self.periodEnd = periodEnd?.seconds
        self.offer = offer
        self.seats = seats
        self.trial = trial
    }

    /// The event of a body.
    ///
    /// - Throws: `InvalidField` when it cannot be read or breaks a rule.
    static func event(_ body: [UInt8]) throws(InvalidField) -> PaymentEvent {
        let read: PaymentEventBody
        do {
            read = try JSONDecoder().decode(PaymentEventBody.self, from: Data(body))
        } catch {
            throw InvalidField("body", "an event is a JSON object with id, type, checkout and created")
        }
        // Year 2001 to 2286: a moment outside is none of a clock's.
        let moments = 1_000_000_000...Int64(9_999_999_999)
        guard moments.contains(read.created), read.periodEnd.map(moments.contains) ?? true else {
            throw InvalidField("created", "a moment is written in seconds since 1970")
        }
        return try PaymentEvent(
            id: read.id, kind: read.type, checkout: read.checkout, at: UTCInstant(seconds: read.created),
            periodEnd: read.periodEnd.map(UTCInstant.init(seconds:)), offer: read.offer, seats: read.seats,
            isTrial: read.trial ?? false)
    }

    /// As it is sent.
    func bytes() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }
}
