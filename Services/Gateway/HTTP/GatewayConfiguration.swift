package import Runtime

/// What an operator decides about the public port.
package struct GatewayConfiguration: Sendable {
    /// Where the site is reached from outside; decides whether cookies are `Secure`.
    package let publicOrigin: Origin
    /// Signs guest cookies and form tokens.
    package let signingKey: SigningKey
    /// Proxies whose `X-Forwarded-For` is believed; empty: the socket peer is the reader.
    package let trustedProxies: [NetworkPrefix]
    /// The clock and the dice.
    package let surroundings: Surroundings
    /// Times and numbers of the edge's defence.
    package let limits: EdgeLimits

    /// Names the decisions.
    package init(
        publicOrigin: Origin, signingKey: SigningKey, trustedProxies: [NetworkPrefix] = [],
        surroundings: Surroundings = .system, limits: EdgeLimits = EdgeLimits()
    ) {
        self.publicOrigin = publicOrigin
        self.signingKey = signingKey
        self.trustedProxies = trustedProxies
        self.surroundings = surroundings
        self.limits = limits
    }
}
