import Contracts
import RPC

// Calls that the tests of Assistant do not make.
extension LookupDouble {
    func checkClaim(
        _ request: ReferenceAPI.CheckClaimRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.CheckClaimReply { throw notServed }

    func getCrosswalk(
        _ request: ReferenceAPI.GetCrosswalkRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.Crosswalk { throw notServed }

    func priceService(
        _ request: ReferenceAPI.PriceServiceRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.PriceServiceReply { throw notServed }

    func findCoverage(
        _ request: ReferenceAPI.FindCoverageRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.FindCoverageReply { throw notServed }

    func describeConcept(
        _ request: ReferenceAPI.DescribeConceptRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.Concept { throw notServed }

    func validateCode(
        _ request: ReferenceAPI.ValidateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ValidateCodeReply { throw notServed }

    func subsumes(
        _ request: ReferenceAPI.SubsumesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.SubsumesReply { throw notServed }

    func expandCodes(
        _ request: ReferenceAPI.ExpandCodesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ExpandCodesReply { throw notServed }

    func translateCode(
        _ request: ReferenceAPI.TranslateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.TranslateCodeReply { throw notServed }

    private var notServed: ServiceError { ServiceError(.unimplemented, "The double does not serve this call.") }
}
