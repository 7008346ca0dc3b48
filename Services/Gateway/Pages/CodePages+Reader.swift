import Contracts
import Hummingbird
import Logging
import RPC

extension CodePages {
    /// The page with the licensed texts that this reader may see, or the page as it is and why they are missing.
    ///
    /// Asked after the grant, so that nobody is a named user of a licence for a page that was refused. A page that shows its
    /// official text without a licence (the sample) asks for none.
    /// - Throws: what `Accounts.UseLicence` and `Lookup.GetCodePage` throw.
    func licensed(
        _ page: LookupAPI.CodePage, at address: CodeAddress, openBlocks: [String], reader: Reader,
        context: GatewayContext
    ) async throws(ServiceFailure) -> (page: LookupAPI.CodePage, terms: LicenceTermsView?) {
        guard let set = CodeSystem(rawValue: page.system)?.licence, Self.withholdsText(page) else { return (page, nil) }
        guard let account = reader.account else { return (page, .forGuests) }
        let verdict = try await site.licence.use(
            address.grantItem, of: Licence.year(of: page.source?.effectiveDate ?? ""), by: account, context: context)
        let path = address.path
        if let terms = LicenceTermsView(verdict, system: set, next: path) { return (page, terms) }
        let full = try await self.page(at: address, openBlocks: openBlocks, licensedTexts: true, context: context)
        return (full, nil)
    }

    /// Whether the official description is there for nobody without a licence.
    private static func withholdsText(_ page: LookupAPI.CodePage) -> Bool {
        !page.blocks.contains { $0.kind == BlockKind.official.rawValue && $0.state == "open" && !$0.paragraphs.isEmpty }
    }

    /// What a signed-in reader keeps about a code, and a note that it was viewed. The page stands without either.
    func kept(_ address: CodeAddress, by reader: Reader, request: Request, context: GatewayContext) async -> KeptView? {
        guard let account = reader.account else { return nil }
        let code = address.grantItem
        let options = context.options(for: account)
        do throws(ServiceError) {
            _ = try await site.services.desks.noteUse(DeskAPI.NoteUseRequest(code: code), options: options)
            let desk = try await site.services.desks.getDesk(DeskAPI.GetDeskRequest(code: code), options: options)
            return KeptView(
                desk.codes.first ?? DeskAPI.MarkedCode(code: code), code: code,
                csrf: site.forms.token(for: request, context: context), next: address.path)
        } catch {
            context.logger.warning(
                "page shown without what its reader keeps",
                metadata: ["request_id": "\(context.requestID)", "error": "\(error.message)"])
            return nil
        }
    }
}
