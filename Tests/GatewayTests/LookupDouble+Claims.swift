import Contracts
import RPC

// Answers of the calls that tools stand on: one finding, one price, one document, one target, one suggestion.
extension LookupDouble {
    func checkClaim(
        _ request: ReferenceAPI.CheckClaimRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.CheckClaimReply {
        try answer()
        guard !request.dateOfService.isEmpty else {
            throw ServiceError(.invalidArgument, "“” is no day; write YYYY-MM-DD.", field: "date_of_service")
        }
        return ReferenceAPI.CheckClaimReply(
            findings: [
                .init(line: 1, rule: "mue", verdict: "pass", message: "Within the limit."),
                .init(
                    line: 1, rule: "ncci-ptp", verdict: "fail", message: "Not paid beside the other.",
                    action: "Remove one.", source: Self.source, otherLines: [UInt32(request.lines.count)],
                    quarter: "2026 Q2", effectiveDate: "2026-01-01"),
                .init(
                    rule: "excludes1", verdict: "no_data", message: "No notes.",
                    diagnoses: request.diagnoses.isEmpty ? [] : [1]),
            ], loaded: [Self.source], failed: 1)
    }

    func getCrosswalk(
        _ request: ReferenceAPI.GetCrosswalkRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.Crosswalk {
        try answer()
        guard request.code == "E11.9" else {
            throw ServiceError(.notFound, "\(request.code) is not in the mappings.")
        }
        return ReferenceAPI.Crosswalk(
            map: request.map, from: Self.codes[1],
            targets: [
                .init(
                    to: .init(system: "icd9cm", code: "250.00", title: "Diabetes"), approximate: true,
                    explanation: "Approximate.")
            ], explanation: "One code stands for it alone.", source: Self.source)
    }

    func priceService(
        _ request: ReferenceAPI.PriceServiceRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.PriceServiceReply {
        try answer()
        guard request.code != "99999" else { throw ServiceError(.notFound, "No loaded schedule prices 99999.") }
        return ReferenceAPI.PriceServiceReply(
            code: request.code, dateOfService: request.dateOfService,
            prices: [
                .init(
                    schedule: "pfs-relative-values", setting: "facility", locality: "Somewhere", amount: "41.59",
                    steps: [.init(label: "Work", expression: "1.30 × 1.017", value: "1.3221")],
                    remarks: ["Rounded at the end."], sources: [Self.source])
            ], remarks: ["2024 is not loaded."])
    }

    func findCoverage(
        _ request: ReferenceAPI.FindCoverageRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.FindCoverageReply {
        try answer()
        guard request.q != "nothing" else { return ReferenceAPI.FindCoverageReply() }
        return ReferenceAPI.FindCoverageReply(
            documents: [
                .init(
                    id: "L36668", kind: "LCD", title: "Bone <b>stimulators</b>", contractor: "A contractor",
                    states: ["TX"], effectiveDate: "2025-01-01", href: "javascript:alert(1)")
            ], total: 21, nextPageToken: "next", sources: [Self.source])
    }

    /// "Pneumonia" is suggested, "fever" was denied.
    func codeCase(
        _ request: LookupAPI.CodeCaseRequest, context: CallContext
    ) async throws(ServiceError) -> LookupAPI.CodeCaseReply {
        try answer()
        guard !request.text.isEmpty else { throw ServiceError(.invalidArgument, "The note is empty.", field: "text") }
        func evidence(_ words: String) -> LookupAPI.Evidence? {
            let scalars = Array(request.text.unicodeScalars)
            let wanted = Array(words.unicodeScalars)
            guard scalars.count >= wanted.count else { return nil }
            let start = (0...scalars.count - wanted.count).first { Array(scalars[$0..<$0 + wanted.count]) == wanted }
            return start.map {
                LookupAPI.Evidence(start: UInt32($0), end: UInt32($0 + wanted.count), text: words)
            }
        }
        var reply = LookupAPI.CodeCaseReply()
        if let found = evidence("pneumonia") {
            reply.suggestions = [
                .init(
                    system: "icd10cm", code: "J18.9", title: "Pneumonia, unspecified organism", score: 1,
                    evidence: [found], needs: ["laterality"])
            ]
            reply.conflicts = [.init(code: "J18.9", other: "A01.03", note: "typhoid (A01.03)", standsAt: "J18")]
        }
        if let found = evidence("fever") {
            reply.rejected = [
                .init(system: "icd10cm", code: "R50.9", title: "Fever", evidence: found, why: "The note denies it.")
            ]
        }
        return reply
    }

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
