import Hummingbird
import RPC
import Runtime

/// What every page works with. Made once, from configuration and channels.
struct Site: Sendable {
    let services: Services
    let readers: ReaderIdentification
    let metering: Metering
    let plans: PlanCache
    let forms: FormTokens
    let names: CookieNames
    let renderer: Renderer
    let surroundings: Surroundings
    let signingKey: SigningKey
    /// In people's address bars, e.g. `https://coding.example.org`: for links that leave the site.
    let origin: Origin
    let licence: Licence
    let editions: EditionSetCache
    let streams: EventStreams

    /// - Throws: what reading the templates throws.
    init(configuration: GatewayConfiguration, channels: GatewayChannels) throws {
        services = Services(channels: channels)
        surroundings = configuration.surroundings
        signingKey = configuration.signingKey
        origin = configuration.publicOrigin
        licence = Licence(accounts: services.accounts)
        editions = EditionSetCache(lookup: services.lookup, surroundings: surroundings)
        streams = EventStreams(limits: configuration.limits, surroundings: surroundings)
        names = CookieNames(isSecure: configuration.publicOrigin.isSecure)
        readers = ReaderIdentification(
            accounts: services.accounts, guestCookie: GuestCookie(key: configuration.signingKey), names: names,
            surroundings: surroundings)
        metering = Metering(
            accounts: services.accounts, readers: readers,
            network: ReaderNetwork(trustedProxies: configuration.trustedProxies), surroundings: surroundings)
        plans = PlanCache(accounts: services.accounts, surroundings: surroundings)
        forms = FormTokens(key: configuration.signingKey, names: names, surroundings: surroundings)
        renderer = try Renderer(resources: .packaged)
    }
}
