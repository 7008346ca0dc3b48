import Contracts
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import RPC

extension Site {
    /// How long a reply with a page may be kept.
    enum Keeping: String {
        /// In the reader's browser, which asks again each time.
        case ask = "private, no-cache"
        /// Nowhere: it tells of a refusal or holds a form.
        case never = "no-store"
    }

    /// The frame for a reader: a signed-in one gets the log-out form.
    func frame(
        title: String, product: Product? = nil, query: String = "", reader: Reader, request: Request,
        context: GatewayContext
    ) -> PageFrame {
        var frame = PageFrame(title: title, product: product, query: query)
        frame.returnPath = LocalPath(request.uri.string)?.text ?? ""
        if let account = reader.account {
            frame.email = account.email
            frame.isAdministrator = account.isAdministrator
            frame.isModerator = account.isModerator && !account.isAdministrator
            frame.isConsultant = account.isConsultant && !account.isAdministrator
            frame.csrf = forms.token(for: request, context: context)
        }
        return frame
    }

    /// The reader, for the header of a page that anyone may see: when Accounts is away, nobody is signed in.
    ///
    /// A newcomer gets the guest cookie here, so that code pages opened at once from the first page count for one guest.
    func readerForHeader(of request: Request, context: GatewayContext) async -> Reader {
        do {
            let reader = try await readers.reader(of: request, context: context)
            return reader == .newcomer ? .guest(readers.mintGuest(context: context)) : reader
        } catch {
            context.logger.warning(
                "page shown without its reader",
                metadata: ["request_id": "\(context.requestID)", "error": "\(error.error.message)"])
            return .newcomer
        }
    }

    /// A page as a reply.
    func reply(
        _ template: TemplateName, view: some Sendable, frame: PageFrame, status: HTTPResponse.Status = .ok,
        keeping: Keeping = .ask
    ) -> Response {
        let html = renderer.page(template, view: view, frame: frame)
        let headers: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: keeping.rawValue, .vary: "Cookie",
        ]
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// The fields of a request's query.
    func query(of request: Request) -> FormFields {
        FormFields(request.uri.query ?? "")
    }

    /// After a form: look there (303, so that the browser asks with GET).
    func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path, .cacheControl: Keeping.never.rawValue])
    }
}
