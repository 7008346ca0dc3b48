import Contracts
import RPC

extension LookupHandler {
    func checkClaim(
        _ request: LookupAPI.CheckClaimRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CheckClaimReply {
        try answering {
            let start = ContinuousClock.now
            let findings = try catalogue.check(ClaimQuestion(request))
            var asked: [Citation] = []
            for source in findings.compactMap(\.source) where !asked.contains(source) { asked.append(source) }
            return LookupAPI.CheckClaimReply(
                findings: findings.map(LookupAPI.ClaimFinding.init), loaded: asked.map(CommonAPI.Source.init),
                failed: UInt32(findings.count { $0.verdict == .fail }), tookMicros: Self.microseconds(since: start))
        }
    }

    func getCrosswalk(
        _ request: LookupAPI.GetCrosswalkRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.Crosswalk {
        try answering {
            LookupAPI.Crosswalk(try catalogue.crosswalk(request.map, of: request.code))
        }
    }
}
