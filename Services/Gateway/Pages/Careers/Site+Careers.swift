import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

extension Site {
    /// What a form of CareerCenter may answer with on its own page; anything else is a page of its own.
    private static let formKinds: Set<ServiceError.Kind> = [
        .invalidArgument, .alreadyExists, .failedPrecondition, .resourceExhausted, .aborted,
    ]

    /// Runs a page of CareerCenter for a signed-in reader; everyone else is sent to log in and comes back.
    func careersPage(
        _ request: Request, _ context: GatewayContext, back: String = "",
        _ page: (AccountsAPI.Account) async throws -> Response
    ) async throws -> Response {
        let reader = try await readers.reader(of: request, context: context)
        if let account = reader.account { return try await page(account) }
        let here = request.method == .post ? back : LocalPath(request.uri.string)?.text ?? ""
        return seeOther("/login" + PercentCoding.query([(name: "next", value: here)]))
    }

    /// The options of a call to Jobs on behalf of a reader.
    func jobsOptions(_ account: AccountsAPI.Account?, _ context: GatewayContext) -> CallOptions {
        context.options(timeout: CallTimeouts.jobs, principal: Array((account?.principal ?? "").utf8))
    }

    /// Makes the call of a form: nil when it went through, or what to say on the form.
    /// - Throws: `ServiceFailure` for what is not the form's own fault.
    func careersAttempt(_ call: () async throws(ServiceError) -> Void) async throws(ServiceFailure) -> Failure? {
        do throws(ServiceFailure) {
            try await asking(.jobs, call)
            return nil
        } catch {
            guard Self.formKinds.contains(error.error.kind) else { throw error }
            return Failure(error)
        }
    }

    /// A page of CareerCenter that belongs to one reader; never kept anywhere.
    func careersReply(
        _ template: TemplateName, title: String, view: some Sendable, account: AccountsAPI.Account,
        failure: Failure? = nil, request: Request, context: GatewayContext
    ) -> Response {
        let frame = frame(
            title: title, product: .careerCenter, reader: .account(account, session: ""), request: request,
            context: context)
        return reply(template, view: view, frame: frame, status: failure?.status ?? .ok, keeping: .never)
    }

    /// What tells readers apart for one day, for the counts of views; empty for what is no reader's view.
    func viewer(_ reader: Reader, _ request: Request) -> String {
        guard request.method == .get, !request.isPrefetch else { return "" }
        switch reader {
        case .newcomer: return ""
        case .guest(let guest): return guest.text
        case .account(let account, _): return account.id
        }
    }

    /// A part of the address, as it was written there.
    func segment(_ name: String, _ context: GatewayContext) throws -> String {
        guard let text = context.parameters.get(name).flatMap({ PercentCoding.decode($0.utf8) }) else {
            throw HTTPError(.notFound)
        }
        return text
    }

    /// A file to be kept, never shown inside the site: whatever is in it, it runs nowhere.
    func download(_ bytes: [UInt8], type: String, name: String) -> Response {
        let plain = String(
            name.unicodeScalars.filter { $0.isASCII && $0.value > 0x1F && !"\"\\/;%".unicodeScalars.contains($0) }
                .map(Character.init))
        return Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: Keeping.never.rawValue,
                .contentDisposition:
                    "attachment; filename=\"\(plain.isEmpty ? "file" : plain)\"; filename*=UTF-8''\(PercentCoding.encode(name))",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
