import Contracts
import HTTPTypes
import Hummingbird
import RPC

/// The coding of a note, whose form stands at Case2Code's entry: free for everyone; nothing of a note is kept or logged.
struct CasePages: Sendable {
    /// A note of 100 000 bytes, each of them escaped, and the fields beside it.
    private static let maximumFormBytes = 304 * 1024
    /// Suggestions on a page.
    private static let pageSize: UInt32 = 50

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.post("/case2code", use: code)
    }

    @Sendable func code(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms, upTo: Self.maximumFormBytes).fields
        let reader = await site.readerForHeader(of: request, context: context)
        let csrf = site.forms.token(for: request, context: context)
        let text = fields.verbatim("text")
        let on = fields["on"]
        do {
            let result = try await asking(.lookup) { () throws(ServiceError) in
                try await site.services.lookup.codeCase(
                    LookupAPI.CodeCaseRequest(text: text, dateOfService: on, pageSize: Self.pageSize),
                    options: context.options(timeout: CallTimeouts.lookup))
            }
            return reply(CaseView(csrf: csrf, text: text, on: on, result: result), reader, request, context)
        } catch {
            guard [.invalidArgument, .notFound].contains(error.error.kind) else { throw error }
            let view = CaseView(csrf: csrf, text: text, on: on, problem: error.error.message)
            return reply(view, reader, request, context, status: error.error.kind.status)
        }
    }

    private func reply(
        _ view: CaseView, _ reader: Reader, _ request: Request, _ context: GatewayContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = site.frame(
            title: "Code a note", product: .case2code, reader: reader, request: request, context: context)
        return site.reply(.note, view: view, frame: frame, status: status, keeping: .never)
    }
}
