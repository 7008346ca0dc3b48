import Contracts
import Hummingbird
import RPC
import Schema

/// The operations of CodeSystem (FHIR R4, "Terminology service").
struct FHIRCodes: Sendable {
    private let site: Site

    init(site: Site) { self.site = site }

    /// `$lookup`: a code with its properties; counted as its page.
    @Sendable func lookUp(_ call: FHIRCall) async throws -> Response {
        let coding = call.parameters.coding("coding", code: "code", system: "system")
        let system = try call.system(of: coding)
        let code = try call.required(coding.code, "code")
        let request = ReferenceAPI.DescribeConceptRequest(
            system: system.rawValue, code: code, on: try call.day(system, coding))
        let reader = try await site.caller(of: call.request, context: call.context, need: .read, isChange: false)
        guard reader != .newcomer else {
            throw ServiceError(
                .unauthenticated, "A code costs a view: send Authorization: Bearer with a token or a key.")
        }
        var concept = try await describe(request, call)
        let item = "\(concept.system)/\(concept.code)"
        guard call.request.method != .head, !call.request.isPrefetch else {
            return FHIRReply.own(FHIRReply.parameters([]))
        }
        let mayBeLicensed = try await site.licence.isAccepted(
            for: concept.system, by: reader, context: call.context)
        let opened = try await site.metering.open(
            .codePage, item: item, for: reader, request: call.request, context: call.context,
            idempotencyKey: site.idempotencyKey(of: call.request, reader: reader))
        guard opened.outcome != .refused else { throw Refusal(opened, site: site).error }
        if mayBeLicensed, try await site.licence.mayShow(item, to: reader, context: call.context) {
            var licensed = request
            licensed.licensedTexts = true
            concept = try await describe(licensed, call)
        }
        return FHIRReply.own(Self.parameters(of: concept, system, wanted: call.parameters.all("property")))
    }

    private func describe(
        _ request: ReferenceAPI.DescribeConceptRequest, _ call: FHIRCall
    ) async throws(ServiceFailure) -> ReferenceAPI.Concept {
        try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.describeConcept(request, options: call.options)
        }
    }

    /// - Parameter wanted: the properties that the client asked for; none: all of them.
    private static func parameters(
        of concept: ReferenceAPI.Concept, _ system: FHIRSystem, wanted: [String]
    ) -> JSONValue {
        var properties: [(String, JSONValue?)] = []
        for property in concept.properties where wanted.isEmpty || wanted.contains(property.name) {
            properties.append(("property", self.property(property)))
        }
        // The owner's notice goes with every text of CPT, asked for or not.
        if !concept.copyright.isEmpty,
            wanted.isEmpty || wanted.contains("copyright") || Licence.systems.contains(system.rawValue)
        {
            properties.append(
                (
                    "property",
                    FHIRReply.parts([
                        ("code", FHIRReply.text("Code", "copyright")),
                        ("value", FHIRReply.text("String", concept.copyright)),
                    ])
                ))
        }
        let first: [(String, JSONValue?)] = [
            ("name", FHIRReply.text("String", system.title)),
            ("version", FHIRReply.text("String", concept.version)),
            ("display", FHIRReply.text("String", concept.display.isEmpty ? concept.code : concept.display)),
            ("abstract", FHIRReply.flag(concept.abstract)),
        ]
        return FHIRReply.parameters(first + properties)
    }

    private static func property(_ property: ReferenceAPI.ConceptProperty) -> JSONValue {
        let value =
            switch property.value {
            case _ where property.isCode: FHIRReply.text("Code", property.value)
            case "true": FHIRReply.flag(true)
            case "false": FHIRReply.flag(false)
            default: FHIRReply.text("String", property.value)
            }
        return FHIRReply.parts([
            ("code", FHIRReply.text("Code", word(property.name))), ("value", value),
            ("description", FHIRReply.text("String", property.meaning)),
        ])
    }

    /// A property's name as a FHIR code: no white space around it, single blanks within.
    private static func word(_ name: String) -> String {
        name.split(separator: " ").joined(separator: " ")
    }

    /// `$validate-code`: whether a code is one of the set.
    @Sendable func validate(_ call: FHIRCall) async throws -> Response {
        let parameters = call.parameters
        let coding =
            parameters.has("url") && !parameters.has("coding") && !parameters.has("codeableConcept")
            ? parameters.coding("", code: "code", system: "url", display: "display")
            : parameters.coding(
                "coding", concept: "codeableConcept", code: "code", system: "system", display: "display")
        let system = try call.system(of: coding)
        let reply = try await check(coding, system, call)
        return FHIRReply.make(Self.verdict(reply, system), for: call.request)
    }

    /// - Throws: what Lookup throws.
    func check(
        _ coding: FHIRParameters.Coding, _ system: FHIRSystem, _ call: FHIRCall
    ) async throws -> ReferenceAPI.ValidateCodeReply {
        let request = ReferenceAPI.ValidateCodeRequest(
            system: system.rawValue, code: try call.required(coding.code, "code"), display: coding.display,
            on: try call.day(system, coding))
        return try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.validateCode(request, options: call.options)
        }
    }

    static func verdict(_ reply: ReferenceAPI.ValidateCodeReply, _ system: FHIRSystem) -> JSONValue {
        FHIRReply.parameters([
            ("result", FHIRReply.flag(reply.result)), ("message", FHIRReply.text("String", reply.message)),
            ("display", FHIRReply.text("String", reply.display)), ("code", FHIRReply.text("Code", reply.code)),
            ("system", FHIRReply.text("Uri", system.url)), ("version", FHIRReply.text("String", reply.version)),
            ("inactive", reply.inactive ? FHIRReply.flag(true) : nil),
        ])
    }

    /// `$subsumes`: how two codes stand to each other.
    @Sendable func subsumes(_ call: FHIRCall) async throws -> Response {
        let first = call.parameters.coding("codingA", code: "codeA", system: "system")
        let second = call.parameters.coding("codingB", code: "codeB", system: "system")
        let system = try call.system(of: first)
        guard try call.system(of: second) == system else {
            throw ServiceError(.invalidArgument, "Both codes must be of one system.", field: "codingB")
        }
        let request = ReferenceAPI.SubsumesRequest(
            system: system.rawValue, codeA: try call.required(first.code, "codeA"),
            codeB: try call.required(second.code, "codeB"), on: try call.day(system, first))
        let reply = try await asking(.lookup) { () throws(ServiceError) in
            try await site.services.lookup.subsumes(request, options: call.options)
        }
        return FHIRReply.make(
            FHIRReply.parameters([("outcome", FHIRReply.text("Code", reply.outcome))]), for: call.request)
    }
}
