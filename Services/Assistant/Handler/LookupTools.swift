import Contracts
import RPC

/// What answers are made from, asked of Lookup over the contract.
///
/// "Not there" is an answer (`nil`, an empty list); everything else that Lookup throws ends the question.
struct LookupTools: Sendable {
    /// Blocks that answers are made of. Asked for as the service that CasePilot is: its questions are metered themselves.
    static let blocks = ["guidelines", "facts", "edits", "history"]

    let lookup: LookupAPI.Client

    /// - Parameter lookup: a channel to Lookup; the owner closes it.
    init(_ lookup: any RPCChannel) {
        self.lookup = LookupAPI.Client(lookup)
    }

    /// The record of a mention in the first set that has it.
    /// - Parameters:
    ///   - on: the date asked about; empty: none.
    ///   - licensed: CPT titles may go to the asker.
    func code(
        _ mention: CodeMention, on: String, licensed: Bool, options: CallOptions
    ) async throws(ServiceError) -> CodeRecord? {
        for system in mention.systems {
            if let record = try await page(system, mention.text, on: on, licensed: licensed, options: options) {
                return record
            }
        }
        return nil
    }

    /// The record of a code in one set; nil when no loaded edition has it on the date.
    func page(
        _ system: String, _ code: String, on: String, licensed: Bool, options: CallOptions
    ) async throws(ServiceError) -> CodeRecord? {
        let request = LookupAPI.GetCodePageRequest(
            system: system, code: code, on: on, openBlocks: Self.blocks, licensedTexts: licensed)
        do {
            return CodeRecord(try await lookup.getCodePage(request, options: options), on: on)
        } catch  where error.kind == .notFound || error.kind == .invalidArgument {
            return nil
        }
    }

    /// A modifier in the sets of modifiers.
    func modifier(
        _ modifier: String, on: String, licensed: Bool, options: CallOptions
    ) async throws(ServiceError) -> CodeRecord? {
        for system in ["hcpcs-modifier", "cpt-modifier"] {
            if let record = try await page(system, modifier, on: on, licensed: licensed, options: options) {
                return record
            }
        }
        return nil
    }

    /// The best codes for some words.
    func search(
        _ words: String, system: String, on: String, options: CallOptions
    ) async throws(ServiceError) -> [Composer.Hit] {
        let cut = String(words.prefix(400)).split(separator: " ").prefix(30).joined(separator: " ")
        guard !cut.isEmpty else { return [] }
        let request = LookupAPI.SearchRequest(q: cut, system: system, on: on, pageSize: 8)
        do {
            return try await lookup.search(request, options: options).hits.compactMap { hit in
                CodeRecord.Status(rawValue: hit.status).map { status in
                    Composer.Hit(
                        system: hit.system, code: hit.code, title: hit.title, isBillable: hit.billable, status: status,
                        replacedBy: hit.replacedBy)
                }
            }
        } catch  where error.kind == .notFound || error.kind == .invalidArgument {
            return []
        }
    }

    /// The source of a code's listing.
    func source(
        of system: String, _ code: String, on: String, options: CallOptions
    ) async throws(ServiceError) -> SourceNote? {
        do {
            let found = try await lookup.getCode(
                LookupAPI.GetCodeRequest(system: system, code: code, on: on), options: options)
            return found.source.map(SourceNote.init)
        } catch  where error.kind == .notFound || error.kind == .invalidArgument {
            return nil
        }
    }
}
