import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// Fees, coverage and crosswalks: questions with an address, free for everyone.
struct ReferencePages: Sendable {
    /// Documents on a page.
    private static let pageSize: UInt32 = 20

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/fees", use: fees)
        router.get("/coverage", use: coverage)
        router.get("/crosswalks", use: crosswalks)
    }

    @Sendable func fees(_ request: Request, context: GatewayContext) async throws -> Response {
        let form = FeeForm(site.query(of: request))
        guard !form.isEmpty else { return await reply(.fees, "Fees", FeesView(form), request, context) }
        do {
            let question = try form.request()
            let result = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.priceService(
                    question, options: context.options(timeout: CallTimeouts.lookup))
            }
            return await reply(.fees, "Fees", FeesView(form, result: result), request, context)
        } catch let mistake as FeeForm.Mistake {
            let view = FeesView(form, problem: mistake.message)
            return await reply(.fees, "Fees", view, request, context, status: .badRequest)
        } catch let failure as ServiceFailure {
            let view = FeesView(form, problem: try Self.words(for: failure))
            return await reply(.fees, "Fees", view, request, context, status: failure.error.kind.status)
        }
    }

    @Sendable func coverage(_ request: Request, context: GatewayContext) async throws -> Response {
        let query = CoverageQuery(site.query(of: request))
        guard !query.isEmpty else { return await reply(.coverage, "Coverage", CoverageView(query), request, context) }
        do {
            let result = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.findCoverage(
                    query.request(pageSize: Self.pageSize), options: context.options(timeout: CallTimeouts.lookup))
            }
            return await reply(.coverage, "Coverage", CoverageView(query, result: result), request, context)
        } catch {
            let view = CoverageView(query, problem: try Self.words(for: error))
            return await reply(.coverage, "Coverage", view, request, context, status: error.error.kind.status)
        }
    }

    @Sendable func crosswalks(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = site.query(of: request)
        let (map, code) = (fields["map"], fields["code"])
        guard !code.isEmpty else {
            return await reply(.crosswalks, "Crosswalks", CrosswalkView(map: map, code: code), request, context)
        }
        do {
            let result = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.getCrosswalk(
                    ReferenceAPI.GetCrosswalkRequest(map: map, code: code),
                    options: context.options(timeout: CallTimeouts.lookup))
            }
            let view = CrosswalkView(map: map, code: code, result: result)
            return await reply(.crosswalks, "Crosswalks", view, request, context)
        } catch {
            let view = CrosswalkView(map: map, code: code, problem: try Self.words(for: error))
            return await reply(.crosswalks, "Crosswalks", view, request, context, status: error.error.kind.status)
        }
    }

    /// What a reader can put right stands on the form; anything else is a failure page.
    private static func words(for failure: ServiceFailure) throws(ServiceFailure) -> String {
        guard [.invalidArgument, .notFound, .failedPrecondition].contains(failure.error.kind) else { throw failure }
        return failure.error.message
    }

    private func reply(
        _ template: TemplateName, _ title: String, _ view: some Sendable, _ request: Request,
        _ context: GatewayContext, status: HTTPResponse.Status = .ok
    ) async -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let frame = site.frame(title: title, product: .case2code, reader: reader, request: request, context: context)
        return site.reply(template, view: view, frame: frame, status: status)
    }
}
