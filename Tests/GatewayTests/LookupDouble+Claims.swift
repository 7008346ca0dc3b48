import Contracts
import RPC

// Calls that the tests of Gateway do not make.
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
    ) async throws(ServiceError) -> ReferenceAPI.Concept {
        let code = try await getCode(
            LookupAPI.GetCodeRequest(system: request.system, code: request.code), context: context)
        return ReferenceAPI.Concept(
            system: code.system, code: code.code, display: request.licensedTexts ? Self.licensed : code.title,
            version: "FY2026 April update",
            properties: [
                ReferenceAPI.ConceptProperty(name: "billable", value: "true"),
                ReferenceAPI.ConceptProperty(name: "parent", value: "E11", meaning: "A heading", isCode: true),
            ], copyright: "© Owner")
    }

    /// What only a reader with a licence is told.
    static let licensed = "LICENSED-WORDS"

    func validateCode(
        _ request: ReferenceAPI.ValidateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ValidateCodeReply { throw notServed }

    func subsumes(
        _ request: ReferenceAPI.SubsumesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.SubsumesReply { throw notServed }

    func expandCodes(
        _ request: ReferenceAPI.ExpandCodesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ExpandCodesReply {
        let all = Self.codes.filter { $0.system == request.system }
        let page = all.dropFirst(Int(request.offset)).prefix(Int(request.count))
        return ReferenceAPI.ExpandCodesReply(
            entries: page.map { ReferenceAPI.ConceptEntry(code: $0.code, display: $0.title) }, total: UInt32(all.count),
            version: "FY2026 April update")
    }

    func translateCode(
        _ request: ReferenceAPI.TranslateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.TranslateCodeReply { throw notServed }

    private var notServed: ServiceError { ServiceError(.unimplemented, "The double does not serve this call.") }
}
