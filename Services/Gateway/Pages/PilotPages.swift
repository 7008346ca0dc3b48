import Contracts
import HTTPTypes
import Hummingbird
import Logging
import RPC

/// CasePilot: questions, conversations, feedback, and the passages that answers cite.
struct PilotPages: Sendable {
    /// Conversations that the page lists.
    private static let shownConversations: UInt32 = 12

    /// What a form carries unseen.
    private struct FormMarks {
        let csrf: String
        let once: String
    }

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/casepilot", use: form)
        router.post("/casepilot", use: ask)
        router.get("/casepilot/:conversation", use: show)
        router.post("/casepilot/:conversation/delete", use: delete)
        router.post("/casepilot/:conversation/feedback", use: judge)
        router.get("/casepilot/passages/:id", use: passage)
    }

    @Sendable func form(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        return try await page(
            { form, fields, recent in
                PilotView(csrf: form.csrf, once: form.once, fields: fields, recent: recent)
            }, site.query(of: request), reader, request, context)
    }

    /// Asks, and goes to the conversation, so that loading the page again asks nothing.
    @Sendable func ask(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let reader = await site.readerForHeader(of: request, context: context)
        var options = context.options(timeout: CallTimeouts.assistant, principal: reader.assistantPrincipal)
        // The form's own number: a question that is sent twice is charged once.
        options.idempotencyKey =
            fields["once"].isEmpty ? nil : site.idempotencyKey(named: fields["once"], reader: reader)
        let call = options
        let question = AssistantAPI.AskRequest(
            question: fields["question"], code: fields["code"], conversation: fields["conversation"],
            dateOfService: fields["on"], guest: reader.guestName,
            network: site.metering.network.prefix(of: request, peer: context.peer))
        do {
            let answer = try await asking(.assistant) { () throws(ServiceError) in
                try await site.services.assistant.ask(question, options: call)
            }
            guard answer.conversation.isEmpty else { return site.seeOther("/casepilot/\(answer.conversation)") }
            return try await page(
                { form, fields, recent in
                    PilotView(csrf: form.csrf, once: form.once, fields: fields, unkept: answer, recent: recent)
                }, fields, reader, request, context)
        } catch let failure as ServiceFailure {
            return try await refused(failure, fields, reader, request, context)
        }
    }

    @Sendable func show(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let id = context.parameters.get("conversation") ?? ""
        let conversation = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.getConversation(
                AssistantAPI.ConversationRequest(conversation: id, guest: reader.guestName),
                options: options(reader, context))
        }
        return try await page(
            { form, fields, recent in
                PilotView(
                    csrf: form.csrf, once: form.once, fields: fields, conversation: conversation, recent: recent)
            }, site.query(of: request), reader, request, context)
    }

    @Sendable func delete(_ request: Request, context: GatewayContext) async throws -> Response {
        _ = try await PostedForm(request, tokens: site.forms)
        let reader = try await site.readers.reader(of: request, context: context)
        let id = context.parameters.get("conversation") ?? ""
        _ = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.deleteConversation(
                AssistantAPI.ConversationRequest(conversation: id, guest: reader.guestName),
                options: options(reader, context))
        }
        return site.seeOther("/casepilot")
    }

    @Sendable func judge(_ request: Request, context: GatewayContext) async throws -> Response {
        let fields = try await PostedForm(request, tokens: site.forms).fields
        let reader = try await site.readers.reader(of: request, context: context)
        let id = context.parameters.get("conversation") ?? ""
        _ = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.giveFeedback(
                AssistantAPI.GiveFeedbackRequest(
                    traceId: fields["trace"], verdict: fields["verdict"], comment: fields["comment"],
                    guest: reader.guestName),
                options: options(reader, context))
        }
        return site.seeOther(LocalPath("/casepilot/\(id)")?.text ?? "/casepilot")
    }

    @Sendable func passage(_ request: Request, context: GatewayContext) async throws -> Response {
        let reader = await site.readerForHeader(of: request, context: context)
        let id = UInt32(context.parameters.get("id") ?? "") ?? 0
        let found = try await asking(.assistant) { () throws(ServiceError) in
            try await site.services.assistant.getPassage(
                AssistantAPI.PassageRequest(id: id), options: options(reader, context))
        }
        let frame = site.frame(
            title: found.title, product: .casePilot, reader: reader, request: request, context: context)
        return site.reply(.passage, view: PassageView(found), frame: frame)
    }

    /// What may be put right is said beside the form, with the words still in it; everything else is a page of its own.
    private func refused(
        _ failure: ServiceFailure, _ fields: FormFields, _ reader: Reader, _ request: Request, _ context: GatewayContext
    ) async throws -> Response {
        let kind = failure.error.kind
        guard [.invalidArgument, .resourceExhausted, .failedPrecondition].contains(kind) else { throw failure }
        let isWall = kind == .resourceExhausted
        let wall =
            isWall
            ? PilotView.WallView(message: failure.error.message, offersRegistration: reader.account == nil) : nil
        return try await page(
            { form, fields, recent in
                PilotView(
                    csrf: form.csrf, once: form.once, fields: fields, recent: recent,
                    problem: isWall ? "" : failure.error.message, wall: wall)
            }, fields, reader, request, context, status: isWall ? .ok : kind.status)
    }

    private func page(
        _ view: (FormMarks, FormFields, [AssistantAPI.ConversationSummary]) -> PilotView, _ fields: FormFields,
        _ reader: Reader, _ request: Request, _ context: GatewayContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let recent = try await recent(reader, context)
        let marks = FormMarks(
            csrf: site.forms.token(for: request, context: context),
            once: Base64URL.text(of: site.surroundings.randomBytes(16)))
        let shown = view(marks, fields, recent)
        let frame = site.frame(
            title: shown.heading, product: .casePilot, reader: reader, request: request, context: context)
        return site.reply(.casepilot, view: shown, frame: frame, status: status, keeping: .never)
    }

    /// The list is an extra: when it cannot be had, the page stands without it.
    private func recent(
        _ reader: Reader, _ context: GatewayContext
    ) async throws -> [AssistantAPI.ConversationSummary] {
        guard reader != .newcomer else { return [] }
        do throws(ServiceError) {
            return try await site.services.assistant.listConversations(
                AssistantAPI.ListConversationsRequest(guest: reader.guestName, pageSize: Self.shownConversations),
                options: options(reader, context)
            ).conversations
        } catch {
            context.logger.warning(
                "conversations not listed",
                metadata: ["request_id": "\(context.requestID)", "kind": "\(error.kind.name)"])
            return []
        }
    }

    private func options(_ reader: Reader, _ context: GatewayContext) -> CallOptions {
        context.options(timeout: CallTimeouts.assistant, principal: reader.assistantPrincipal)
    }
}
