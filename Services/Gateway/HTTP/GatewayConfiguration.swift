package import Runtime

/// What an operator decides about the public port.
package struct GatewayConfiguration: Sendable {
    /// Where the site is reached from outside; decides whether cookies are `Secure`.
    package let publicOrigin: Origin
    /// Signs guest cookies and form tokens.
    package let signingKey: SigningKey
    /// Proxies whose `X-Forwarded-For` is believed; empty: the socket peer is the reader.
    package let trustedProxies: [NetworkPrefix]
    /// Other sites whose pages may ask the machine side.
    package let crossOrigins: [Origin]
    /// Requests a minute of one network, and of one session or key; 0: not limited.
    package let rates: (network: Int, credential: Int)
    /// The folder with the public port's certificate (`tls.crt`, `tls.key`); nil: no TLS here.
    package let certificates: String?
    /// The clock and the dice.
    package let surroundings: Surroundings
    /// Times and numbers of the edge's defence.
    package let limits: EdgeLimits

    /// Names the decisions.
    package init(
        publicOrigin: Origin, signingKey: SigningKey, trustedProxies: [NetworkPrefix] = [],
        crossOrigins: [Origin] = [], rates: (network: Int, credential: Int) = (0, 0), certificates: String? = nil,
        surroundings: Surroundings = .system, limits: EdgeLimits = EdgeLimits()
    ) {
        self.publicOrigin = publicOrigin
        self.signingKey = signingKey
        self.trustedProxies = trustedProxies
        self.crossOrigins = crossOrigins
        self.rates = rates
        self.certificates = certificates
        self.surroundings = surroundings
        self.limits = limits
    }
}
