import Contracts
import RPC

extension LookupTools {
    /// What a table said, and what it did not.
    struct Reference: Sendable {
        var facts: [ReferenceFact] = []
        /// In the reader's words; names no codes.
        var notSaid: [String] = []

        var isFound: Bool { !facts.isEmpty }
    }

    /// What the loaded edits say of codes on one claim.
    /// - Parameters:
    ///   - rules: the rules that were asked about, e.g. ncci-ptp.
    ///   - modifiers: put on the last line, where a pair's second code stands.
    ///   - on: the date of service.
    func claim(
        _ codes: [String], modifiers: [String], on: String, rules: Set<String>, options: CallOptions
    ) async throws(ServiceError) -> Reference {
        let lines = codes.prefix(12).enumerated().map { index, code in
            ReferenceAPI.ClaimLine(code: code, modifiers: index == codes.count - 1 ? Array(modifiers.prefix(4)) : [])
        }
        let request = ReferenceAPI.CheckClaimRequest(lines: lines, dateOfService: on)
        let reply: ReferenceAPI.CheckClaimReply
        do { reply = try await lookup.checkClaim(request, options: options) } catch  where Self.isNothing(error) {
            return Reference(notSaid: [error.message])
        }
        var found = Reference()
        for finding in reply.findings where rules.contains(finding.rule) {
            guard finding.verdict != "no_data", let source = finding.source else {
                if !found.notSaid.contains(finding.message) { found.notSaid.append(finding.message) }
                continue
            }
            let days = [finding.effectiveDate, finding.endDate].filter { !$0.isEmpty }.joined(separator: " to ")
            let lines = ([finding.line] + finding.otherLines).filter { $0 > 0 }.compactMap { line in
                codes.indices.contains(Int(line) - 1) ? codes[Int(line) - 1] : nil
            }
            let named = lines.isEmpty ? "" : lines.joined(separator: " and ") + ": "
            let action = finding.action.isEmpty ? "" : " \(finding.action)"
            found.facts.append(
                ReferenceFact(
                    title: Self.title(of: finding.rule), text: "\(named)\(finding.message)\(action)",
                    detail: "Verdict: \(finding.verdict). \(finding.quarter) \(days)", source: SourceNote(source)))
        }
        return found
    }

    /// What a code comes to in another set.
    func crosswalk(_ map: String, _ code: String, options: CallOptions) async throws(ServiceError) -> Reference {
        let reply: ReferenceAPI.Crosswalk
        do {
            reply = try await lookup.getCrosswalk(
                ReferenceAPI.GetCrosswalkRequest(map: map, code: code), options: options)
        } catch  where Self.isNothing(error) {
            return Reference(notSaid: [error.message])
        }
        let source = reply.source.map(SourceNote.init) ?? SourceNote(name: "Crosswalk")
        let from = reply.from?.code ?? code
        var found = Reference()
        for target in reply.targets.prefix(8) {
            let to = target.to ?? CommonAPI.CodeReference()
            let text: String
            if target.noMap || to.code.isEmpty {
                text = "\(from) has no equivalent in this crosswalk."
            } else {
                let title = to.title.isEmpty ? "" : ", “\(to.title)”"
                let set = to.system.isEmpty ? "" : "\(CodeSetName.of(to.system)) "
                let exact = target.approximate ? " (approximate)" : ""
                text = "\(from) maps to \(set)\(to.code)\(title)\(exact)."
            }
            var detail = target.explanation
            if let package = target.package {
                detail += " \(package.product), \(package.labeler), NDC \(package.ndc), \(package.dosage)"
            }
            found.facts.append(ReferenceFact(title: "Crosswalk \(map)", text: text, detail: detail, source: source))
        }
        if !reply.explanation.isEmpty, found.isFound {
            found.facts.append(ReferenceFact(title: "Crosswalk \(map)", text: reply.explanation, source: source))
        }
        return found
    }

    /// What Medicare pays for a code.
    func price(_ code: String, _ question: Question, on: String, options: CallOptions) async throws(ServiceError)
        -> Reference
    {
        let request = ReferenceAPI.PriceServiceRequest(
            code: code, dateOfService: on, modifiers: Array(question.modifiers.prefix(4)), state: question.state ?? "",
            zip: question.zip ?? "", setting: question.setting ?? "")
        let reply: ReferenceAPI.PriceServiceReply
        do { reply = try await lookup.priceService(request, options: options) } catch  where Self.isNothing(error) {
            return Reference(notSaid: [error.message])
        }
        var found = Reference(notSaid: reply.remarks)
        for price in reply.prices.prefix(6) where !price.amount.isEmpty {
            let place = [price.setting, price.locality].filter { !$0.isEmpty }.joined(separator: ", ")
            let steps = price.steps.map { "\($0.label): \($0.expression) = \($0.value)." }.joined(separator: " ")
            found.facts.append(
                ReferenceFact(
                    title: "Medicare fee, \(price.schedule)",
                    text:
                        "\(code) is priced at $\(price.amount)\(place.isEmpty ? "" : " (\(place))") on \(reply.dateOfService).",
                    detail: (steps + " " + price.remarks.joined(separator: " ")).trimmed,
                    source: price.sources.first.map(SourceNote.init) ?? SourceNote(name: price.schedule)))
        }
        return found
    }

    /// Coverage documents for some words.
    func coverage(
        _ words: String, state: String, on: String, options: CallOptions
    ) async throws(ServiceError) -> Reference {
        let request = ReferenceAPI.FindCoverageRequest(
            q: String(words.prefix(200)), state: state, on: on, pageSize: 5)
        let reply: ReferenceAPI.FindCoverageReply
        do { reply = try await lookup.findCoverage(request, options: options) } catch  where Self.isNothing(error) {
            return Reference(notSaid: [error.message])
        }
        let source = reply.sources.first.map(SourceNote.init) ?? SourceNote(name: "Medicare coverage index")
        var found = Reference(notSaid: reply.notice.isEmpty ? [] : [reply.notice])
        for document in reply.documents {
            let since = document.effectiveDate.isEmpty ? "" : ", in effect from \(document.effectiveDate)"
            found.facts.append(
                ReferenceFact(
                    title: "\(document.kind) \(document.id)",
                    text: "\(document.kind) \(document.id), “\(document.title)”, by \(document.contractor)\(since).",
                    detail: document.states.joined(separator: ", "), source: source))
        }
        return found
    }

    private static func isNothing(_ error: ServiceError) -> Bool {
        [.notFound, .invalidArgument, .failedPrecondition, .unimplemented].contains(error.kind)
    }

    private static func title(of rule: String) -> String {
        switch rule {
        case "ncci-ptp": "NCCI PTP edit"
        case "mue": "Medically unlikely edit"
        case "add-on": "Add-on code edit"
        default: "Claim edit \(rule)"
        }
    }
}
