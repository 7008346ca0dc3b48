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

    func priceService(
        _ request: LookupAPI.PriceServiceRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.PriceServiceReply { throw notServed }

    func findCoverage(
        _ request: LookupAPI.FindCoverageRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.FindCoverageReply { throw notServed }

    func describeConcept(
        _ request: LookupAPI.DescribeConceptRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Concept { throw notServed }

    func validateCode(
        _ request: LookupAPI.ValidateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ValidateCodeReply { throw notServed }

    func subsumes(
        _ request: LookupAPI.SubsumesRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.SubsumesReply { throw notServed }

    func expandCodes(
        _ request: LookupAPI.ExpandCodesRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.ExpandCodesReply { throw notServed }

    func translateCode(
        _ request: LookupAPI.TranslateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.TranslateCodeReply { throw notServed }

    private var notServed: ServiceError { ServiceError(.unimplemented, "The double does not serve this call.") }
}
