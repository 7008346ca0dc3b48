import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Schema

/// Passes calls on as they are, bytes to bytes: JSON becomes the request's wire form, the fields that are Gateway's to set are
/// added, the reply's wire form becomes JSON. Who asks is said in the call's header as Authenticate gave it.
struct ContractRelay: Sendable {
    let site: Site
    let channels: GatewayChannels
    let own: OwnFields

    init(site: Site, channels: GatewayChannels) {
        self.site = site
        self.channels = channels
        own = OwnFields(site: site)
    }

    /// - Throws: what reading the request, knowing the caller and the call itself throw; all of it is a `Failure` at the edge.
    func answer(_ call: ContractCall) async throws -> Response {
        if call.route.isForEveryone { return try await answerEveryone(call) }
        let message = try await call.message()
        let reader = try await reader(of: call)
        let request = message + (try await own.fields(of: call, message: message, reader: reader))
        var options = call.context.options(
            timeout: call.route.service.timeout, principal: reader.principal)
        if call.route.rule.verb != "GET", reader != .newcomer {
            options.idempotencyKey = site.idempotencyKey(of: call.request, reader: reader)
        }
        if call.route.isEventStream {
            return try await site.streams.answer(
                call, channel: channels[call.route.service], request: request, reader: reader, options: options)
        }
        let reply = try await relay(call, request, options: options)
        let json = try call.route.json(reply)
        guard call.route.rule.verb == "GET" else { return JSONReply.unkept(json) }
        return JSONReply.own(json, for: call.request)
    }

    /// Whose call it is. A question to CasePilot costs one, so nobody may ask it: who has neither a key nor a cookie is told
    /// here what to send, before Assistant is asked.
    private func reader(of call: ContractCall) async throws -> Reader {
        if call.route.isBeforeLogin { return site.readers.guestReader(of: call.request) }
        return call.route.need == .ask ? try await site.knownCaller(call) : try await site.caller(call)
    }

    /// The answer to everybody's question, kept by its tag: while the editions are the same, so is the answer.
    private func answerEveryone(_ call: ContractCall) async throws -> Response {
        let message = try await call.message()
        let options = call.context.options(timeout: call.route.service.timeout)
        guard call.route.rule.verb == "GET" else {
            return JSONReply.unkept(try call.route.json(try await relay(call, message, options: options)))
        }
        let tag = await site.editions.tag(of: call.route.method, message, context: call.context)
        if let known = tag?.named(by: call.request) { return JSONReply.unchanged(known, headers: JSONReply.everyone) }
        let json = try call.route.json(try await relay(call, message, options: options))
        return JSONReply.make(json, headers: JSONReply.everyone, tag: tag ?? EntityTag(of: json))
    }

    private func relay(
        _ call: ContractCall, _ request: [UInt8], options: CallOptions
    ) async throws(ServiceFailure) -> [UInt8] {
        let channel = channels[call.route.service]
        return try await asking(call.route.service) { () throws(ServiceError) in
            try await channel.call(call.route.method, bytes: request, options: options)
        }
    }
}

extension GatewayChannels {
    subscript(service: ServiceName) -> any RPCChannel {
        switch service {
        case .lookup: lookup
        case .accounts: accounts
        case .assistant: assistant
        case .jobs: jobs
        }
    }
}

extension ServiceName {
    fileprivate var timeout: Duration {
        switch self {
        case .lookup: CallTimeouts.lookup
        case .accounts: CallTimeouts.accounts
        case .assistant: CallTimeouts.assistant
        case .jobs: CallTimeouts.jobs
        }
    }
}
