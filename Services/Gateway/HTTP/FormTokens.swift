import Hummingbird

/// The proof that a posted form came from a page of ours: an HMAC over a secret cookie and the session, as a hidden
/// field. Another site can make a browser post, but can read neither.
///
/// Each page has the token under another mask: pages are compressed and repeat what a reader asked for, so a secret that
/// stood in all of them could be found out by the lengths of many answers (BREACH).
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
        // A session that this very reply takes away does not come back with the form.
        let isLeaving = context.cookies.all.contains(names.removal(of: names.session))
        let session = isLeaving ? "" : session(of: request)
        let signature = key.signature(for: .form, of: Self.message(secret, session))
        let mask = surroundings.randomBytes(signature.count)
        return Base64URL.text(of: mask + zip(mask, signature).map { $0 ^ $1 })
    }

    /// Whether a posted token belongs to this browser and its present session.
    func isValid(_ token: String, for request: Request) -> Bool {
        guard let secret = secret(of: request), let masked = Base64URL.bytes(of: token), masked.count % 2 == 0 else {
            return false
        }
        let half = masked.count / 2
        let signature = zip(masked[..<half], masked[half...]).map { $0 ^ $1 }
        return key.isValid(signature, for: .form, of: Self.message(secret, session(of: request)))
    }

    private func secret(of request: Request) -> String? {
        guard let value = request.cookies[names.form]?.value,
            let bytes = Base64URL.bytes(of: value), bytes.count == Self.secretBytes
        else { return nil }
        return value
    }

    private func session(of request: Request) -> String { request.cookies[names.session]?.value ?? "" }

    private static func message(_ secret: String, _ session: String) -> [UInt8] {
        Array(secret.utf8) + [0] + Array(session.utf8)
    }
}
