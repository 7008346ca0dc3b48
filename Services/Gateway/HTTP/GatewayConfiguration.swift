/// What an operator decides about the public port.
package struct GatewayConfiguration: Sendable {
    /// Where the site is reached from outside; decides whether cookies are `Secure`.
    package let publicOrigin: PublicOrigin
    /// Signs guest cookies and form tokens.
    package let signingKey: SigningKey
    /// Addresses of proxies whose `X-Forwarded-For` is believed; empty: the socket peer is the reader.
    package let trustedProxies: Set<String>
    /// The clock and the dice.
    package let surroundings: Surroundings

    /// Names the decisions.
    package init(
        publicOrigin: PublicOrigin, signingKey: SigningKey, trustedProxies: Set<String> = [],
        surroundings: Surroundings = .system
    ) {
        self.publicOrigin = publicOrigin
        self.signingKey = signingKey
        self.trustedProxies = trustedProxies
        self.surroundings = surroundings
    }
}
