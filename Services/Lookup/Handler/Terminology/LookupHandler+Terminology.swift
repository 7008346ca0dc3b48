import Contracts
import RPC

extension LookupHandler {
    func describeConcept(
        _ request: ReferenceAPI.DescribeConceptRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.Concept {
        try answering {
            ReferenceAPI.Concept(
                try catalogue.describe(
                    request.code, in: request.system, on: request.on, licensedTexts: request.licensedTexts))
        }
    }

    func validateCode(
        _ request: ReferenceAPI.ValidateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ValidateCodeReply {
        try answering {
            let validation = try catalogue.validate(
                request.code, in: request.system, display: request.display, on: request.on,
                licensedTexts: request.licensedTexts)
            let found = validation.found
            return ReferenceAPI.ValidateCodeReply(
                result: validation.result, message: validation.message, code: found?.code ?? "",
                display: found?.title ?? "", version: found?.source.edition.edition ?? "",
                inactive: found.map { $0.status != .active } ?? false, source: found.map { CommonAPI.Source($0.source) }
            )
        }
    }

    func subsumes(
        _ request: ReferenceAPI.SubsumesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.SubsumesReply {
        try answering {
            let (outcome, source) = try catalogue.subsumption(
                request.codeA, request.codeB, in: request.system, on: request.on)
            return ReferenceAPI.SubsumesReply(outcome: outcome.rawValue, version: source.edition.edition)
        }
    }

    func expandCodes(
        _ request: ReferenceAPI.ExpandCodesRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.ExpandCodesReply {
        try answering {
            let expansion = try catalogue.expand(
                Catalogue.ExpansionQuestion(
                    system: request.system, filter: request.filter, below: request.below,
                    billableOnly: request.billableOnly, activeOnly: request.activeOnly, day: request.on,
                    offset: Int(request.offset), count: Int(request.count),
                    licensedTexts: request.licensedTexts))
            return ReferenceAPI.ExpandCodesReply(expansion)
        }
    }

    func translateCode(
        _ request: ReferenceAPI.TranslateCodeRequest, context: CallContext
    ) async throws(ServiceError) -> ReferenceAPI.TranslateCodeReply {
        try answering {
            let map = "\(request.sourceSystem)-\(request.targetSystem)"
            guard Crosswalk.Map(rawValue: map) != nil else {
                throw LookupError.notFound(
                    "There is no map from “\(Catalogue.shortened(request.sourceSystem))” to "
                        + "“\(Catalogue.shortened(request.targetSystem))”. There are: "
                        + Crosswalk.Map.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
            return ReferenceAPI.TranslateCodeReply(try catalogue.crosswalk(map, of: request.code))
        }
    }
}
