/// Knows callers by the token in their metadata (`authorization: Bearer TOKEN`) when the connection does not vouch for them.
package struct AuthenticationFilter: Filter {
    private let tokens: TokenFile?
    private let isRequired: Bool

    /// - Parameters:
    ///   - tokens: nil: none is taken.
    ///   - isRequired: whether anonymous callers are turned away.
    package init(tokens: TokenFile?, isRequired: Bool) {
        self.tokens = tokens
        self.isRequired = isRequired
    }

    /// - Throws: `unauthenticated` for a token that is nobody's, and for an anonymous caller where one must be known.
    package func begin(_ context: inout CallContext) throws(ServiceError) {
        guard context.caller == .anonymous else { return }
        if let tokens, let value = context.metadata["authorization"] {
            let scheme = Array("Bearer ".utf8)
            guard value.starts(with: scheme), let name = tokens.name(of: value.dropFirst(scheme.count)) else {
                throw ServiceError(.unauthenticated, "this token is not known here")
            }
            context.caller = .token(name)
        }
        guard !isRequired || context.caller != .anonymous else {
            throw ServiceError(.unauthenticated, "a caller must show a certificate or a token")
        }
    }
}

/// Shows a token with each call, on the client's side. Over plain TCP whoever listens can read it.
package struct TokenFilter: Filter {
    private let value: [UInt8]

    package init(token: String) { value = Array("Bearer \(token)".utf8) }

    package func begin(_ context: inout CallContext) throws(ServiceError) {
        try context.metadata.add("authorization", value)
    }
}
