import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The check of a claim against the loaded edits: free for everyone; nothing of a claim is kept.
struct ClaimPages: Sendable {
    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/claims", use: form)
        router.post("/claims", use: check)
    }

    @Sendable func form(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let view = ClaimView(
            csrf: site.forms.token(for: request, context: context), form: ClaimForm(site.query(of: request)))
        return reply(view, reader, request, context)
    }

    @Sendable func check(_ request: Request, context: GatewayContext) async throws -> Response {
        let form = ClaimForm(try await PostedForm(request, tokens: site.forms).fields)
        let reader = await site.readerForHeader(of: request, context: context)
        let csrf = site.forms.token(for: request, context: context)
        do {
            let claim = try form.request()
            let result = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.checkClaim(claim, options: context.options(timeout: CallTimeouts.lookup))
            }
            return reply(ClaimView(csrf: csrf, form: form, claim: claim, result: result), reader, request, context)
        } catch let mistake as ClaimForm.Mistake {
            let view = ClaimView(csrf: csrf, form: form, problem: mistake.message)
            return reply(view, reader, request, context, status: .badRequest)
        } catch let failure as ServiceFailure {
            guard [.invalidArgument, .notFound].contains(failure.error.kind) else { throw failure }
            let view = ClaimView(csrf: csrf, form: form, problem: failure.error.message)
            return reply(view, reader, request, context, status: failure.error.kind.status)
        }
    }

    private func reply(
        _ view: ClaimView, _ reader: Reader, _ request: Request, _ context: GatewayContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = site.frame(
            title: "Claim check", product: .case2code, reader: reader, request: request, context: context)
        return site.reply(.claims, view: view, frame: frame, status: status, keeping: .never)
    }
}
