package import Contracts
package import RPC
import Wire

/// gRPC's interop service (`Protos/interop.proto`) as its description asks, with the echo of metadata, and Health for it.
package struct InteropService: InteropAPI.Service {
    package static let initialKey = "x-grpc-test-echo-initial"
    package static let trailingKey = "x-grpc-test-echo-trailing-bin"

    private let began: @Sendable () -> Void
    private let ended: @Sendable (_ cancelled: Bool) -> Void

    /// - Parameters:
    ///   - began: told when the handler of a stream begins.
    ///   - ended: told when it ends, and whether it was cancelled.
    package init(
        began: @escaping @Sendable () -> Void = {}, ended: @escaping @Sendable (_ cancelled: Bool) -> Void = { _ in }
    ) {
        self.began = began
        self.ended = ended
    }

    package func emptyCall(_ request: InteropAPI.Empty, context: CallContext) async throws(ServiceError)
        -> InteropAPI.Empty
    {
        request
    }

    package func unaryCall(
        _ request: InteropAPI.SimpleRequest, context: CallContext
    ) async throws(ServiceError) -> InteropAPI.SimpleResponse {
        try echoMetadata(context)
        try check(request.responseStatus)
        return InteropAPI.SimpleResponse(payload: payload(request.responseSize))
    }

    package func streamingOutputCall(
        _ request: InteropAPI.StreamingOutputCallRequest,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        try await logging { () async throws(ServiceError) in
            try echoMetadata(context)
            try await respond(to: request, replies)
        }
    }

    package func streamingInputCall(
        _ requests: Requests<InteropAPI.StreamingInputCallRequest>, context: CallContext
    ) async throws(ServiceError) -> InteropAPI.StreamingInputCallResponse {
        var size = 0
        try await logging { () async throws(ServiceError) in
            for try await request in requests { size += request.payload?.body.count ?? 0 }
        }
        return InteropAPI.StreamingInputCallResponse(aggregatedPayloadSize: Int32(size))
    }

    package func fullDuplexCall(
        _ requests: Requests<InteropAPI.StreamingOutputCallRequest>,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        try await logging { () async throws(ServiceError) in
            try echoMetadata(context)
            for try await request in requests { try await respond(to: request, replies) }
        }
    }

    package func halfDuplexCall(
        _ requests: Requests<InteropAPI.StreamingOutputCallRequest>,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        var all: [InteropAPI.StreamingOutputCallRequest] = []
        for try await request in requests { all.append(request) }
        for request in all { try await respond(to: request, replies) }
    }

    private func respond(
        to request: InteropAPI.StreamingOutputCallRequest,
        _ replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>
    ) async throws(ServiceError) {
        try check(request.responseStatus)
        for parameters in request.responseParameters {
            if parameters.intervalUs > 0 {
                do { try await Task.sleep(for: .microseconds(Int(parameters.intervalUs))) } catch {
                    throw ServiceError(.cancelled, "woken")
                }
            }
            try await replies.write(InteropAPI.StreamingOutputCallResponse(payload: payload(parameters.size)))
        }
    }

    private func payload(_ size: Int32) -> InteropAPI.Payload? {
        size > 0 ? InteropAPI.Payload(body: [UInt8](repeating: 0, count: Int(size))) : nil
    }

    private func echoMetadata(_ context: CallContext) throws(ServiceError) {
        if let value = context.metadata[Self.initialKey] {
            var metadata = Metadata()
            try metadata.add(Self.initialKey, value)
            try context.setInitialMetadata(metadata)
        }
        if let value = context.metadata[Self.trailingKey] {
            var metadata = Metadata()
            try metadata.add(Self.trailingKey, value)
            try context.setTrailingMetadata(metadata)
        }
    }

    private func check(_ status: InteropAPI.EchoStatus?) throws(ServiceError) {
        guard let status, status.code != 0 else { return }
        throw ServiceError(UInt8(exactly: status.code).flatMap(ServiceError.Kind.init) ?? .unknown, status.message)
    }

    /// Tells the log how the handler ended.
    private func logging(_ body: () async throws(ServiceError) -> Void) async throws(ServiceError) {
        began()
        do throws(ServiceError) {
            try await body()
            ended(false)
        } catch {
            ended(Task.isCancelled)
            throw error
        }
    }
}

extension InteropService: HealthAPI.Service {
    /// Everything that an interop server serves.
    package static var routes: [Route] { InteropAPI.routes(InteropService()) + HealthAPI.routes(InteropService()) }

    /// TestService and the whole program serve.
    ///
    /// - Throws: `notFound` for another service.
    package func check(
        _ request: HealthAPI.HealthCheckRequest, context: CallContext
    ) async throws(ServiceError) -> HealthAPI.HealthCheckResponse {
        guard ["", "grpc.testing.TestService"].contains(request.service) else {
            throw ServiceError(.notFound, "unknown service", field: "service")
        }
        return HealthAPI.HealthCheckResponse(status: .serving)
    }

    /// Says that TestService and the whole program serve, then nothing more until the caller goes: an interop server does not change.
    package func watch(
        _ request: HealthAPI.HealthCheckRequest, to replies: ReplyWriter<HealthAPI.HealthCheckResponse>,
        context: CallContext
    ) async throws(ServiceError) {
        let isKnown = ["", "grpc.testing.TestService"].contains(request.service)
        try await replies.write(HealthAPI.HealthCheckResponse(status: isKnown ? .serving : .serviceUnknown))
        do { try await Task.sleep(for: .seconds(600)) } catch {
            throw ServiceError(.cancelled, "the caller has gone")
        }
    }
}
