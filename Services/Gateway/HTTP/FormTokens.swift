import Hummingbird

/// The proof that a posted form came from a page of ours: an HMAC over a secret cookie and the session, as a hidden
/// field. Another site can make a browser post, but can read neither.
struct FormTokens: Sendable {
    private static let secretBytes = 16

    let key: SigningKey
    let names: CookieNames
    let surroundings: Surroundings

    /// The token for the forms of a page; gives the browser a form cookie when it has none.
    func token(for request: Request, context: GatewayContext) -> String {
        let secret: String
        if let known = self.secret(of: request) {
            secret = known
        } else {
            secret = Base64URL.text(of: surroundings.randomBytes(Self.secretBytes))
            context.cookies.add(names.passingLine(names.form, value: secret))
        }
        return Base64URL.text(of: key.signature(for: .form, of: message(secret, request)))
    }

    /// Whether a posted token belongs to this browser and its present session.
    func isValid(_ token: String, for request: Request) -> Bool {
        guard let secret = secret(of: request), let signature = Base64URL.bytes(of: token) else { return false }
        return key.isValid(signature, for: .form, of: message(secret, request))
    }

    private func secret(of request: Request) -> String? {
        guard let value = request.cookies[names.form]?.value,
            let bytes = Base64URL.bytes(of: value), bytes.count == Self.secretBytes
        else { return nil }
        return value
    }

    private func message(_ secret: String, _ request: Request) -> [UInt8] {
        let session = request.cookies[names.session]?.value ?? ""
        return Array(secret.utf8) + [0] + Array(session.utf8)
    }
}
