import Contracts
import RPC

// Calls that the tests of Gateway do not make.
extension LookupDouble {
    func checkClaim(
        _ request: LookupAPI.CheckClaimRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CheckClaimReply { throw notServed }

    func getCrosswalk(
        _ request: LookupAPI.GetCrosswalkRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Crosswalk { throw notServed }

    private var notServed: ServiceError { ServiceError(.unimplemented, "The double does not serve this call.") }
}
