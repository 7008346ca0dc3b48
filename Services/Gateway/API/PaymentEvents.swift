import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

/// What a payment provider tells us. Body and signature go to Accounts as they came: only Accounts has the secret, and a body
/// that was read and written anew would not have the signature any more.
struct PaymentEvents: Sendable {
    /// What Accounts takes.
    private static let maximumBytes = 16 * 1024

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.post("/payments/events", use: receive)
    }

    /// 204 when the event was taken, now or before; a status of 4xx says that sending it again is of no use, 5xx that it is.
    @Sendable func receive(_ request: Request, context: GatewayContext) async throws -> Response {
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: Self.maximumBytes)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "An event has at most 16 KiB.")
        }
        guard let name = HTTPField.Name("Payment-Signature"), let signature = request.headers[name] else {
            throw HTTPError(.unauthorized, message: "An event carries Payment-Signature.")
        }
        let message = BillingAPI.ReceiveEventRequest(body: Array(buffer: body), signature: signature)
        _ = try await asking(.accounts) { () throws(ServiceError) in
            try await site.services.billing.receiveEvent(
                message, options: context.options(timeout: CallTimeouts.accounts))
        }
        return Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }
}
