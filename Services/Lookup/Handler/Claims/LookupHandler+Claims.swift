import Contracts
import RPC

extension LookupHandler {
    func checkClaim(
        _ request: ReferenceAPI.CheckClaimRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.CheckClaimReply {
        try answering {
            let start = ContinuousClock.now
            let findings = try catalogue.check(ClaimQuestion(request))
            var asked: [Citation] = []
            for source in findings.compactMap(\.source) where !asked.contains(source) { asked.append(source) }
            return ReferenceAPI.CheckClaimReply(
                findings: findings.map(ReferenceAPI.ClaimFinding.init), loaded: asked.map(CommonAPI.Source.init),
                failed: UInt32(findings.count { $0.verdict == .fail }), tookMicros: Self.microseconds(since: start))
        }
    }

    func getCrosswalk(
        _ request: ReferenceAPI.GetCrosswalkRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.Crosswalk {
        try answering {
            ReferenceAPI.Crosswalk(try catalogue.crosswalk(request.map, of: request.code))
        }
    }
}
