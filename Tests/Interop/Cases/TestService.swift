package import Contracts
package import RPC

/// gRPC's interop service, and Health beside it.
package struct TestService: InteropAPI.Service, HealthAPI.Service {
    package init() {}

    /// Everything that an interop server serves.
    package static var routes: [Route] { InteropAPI.routes(TestService()) + HealthAPI.routes(TestService()) }

    package func emptyCall(
        _ request: InteropAPI.Empty, context: CallContext
    ) async throws(ServiceError) -> InteropAPI.Empty {
        InteropAPI.Empty()
    }

    package func unaryCall(
        _ request: InteropAPI.SimpleRequest, context: CallContext
    ) async throws(ServiceError) -> InteropAPI.SimpleResponse {
        try check(request.responseStatus)
        return InteropAPI.SimpleResponse(payload: payload(request.responseSize))
    }

    package func streamingOutputCall(
        _ request: InteropAPI.StreamingOutputCallRequest,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        try await respond(to: request, replies)
    }

    package func streamingInputCall(
        _ requests: Requests<InteropAPI.StreamingInputCallRequest>, context: CallContext
    ) async throws(ServiceError) -> InteropAPI.StreamingInputCallResponse {
        var size: Int32 = 0
        for try await request in requests { size += Int32(request.payload?.body.count ?? 0) }
        return InteropAPI.StreamingInputCallResponse(aggregatedPayloadSize: size)
    }

    package func fullDuplexCall(
        _ requests: Requests<InteropAPI.StreamingOutputCallRequest>,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        for try await request in requests { try await respond(to: request, replies) }
    }

    package func halfDuplexCall(
        _ requests: Requests<InteropAPI.StreamingOutputCallRequest>,
        to replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>, context: CallContext
    ) async throws(ServiceError) {
        var all: [InteropAPI.StreamingOutputCallRequest] = []
        for try await request in requests { all.append(request) }
        for request in all { try await respond(to: request, replies) }
    }

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

    // MARK: What the calls share

    private func respond(
        to request: InteropAPI.StreamingOutputCallRequest,
        _ replies: ReplyWriter<InteropAPI.StreamingOutputCallResponse>
    ) async throws(ServiceError) {
        try check(request.responseStatus)
        for parameters in request.responseParameters {
            if parameters.intervalUs > 0 {
                do { try await Task.sleep(for: .microseconds(Int(parameters.intervalUs))) } catch {
                    throw ServiceError(.cancelled, "nobody waits for replies any more", mayHaveRun: true)
                }
            }
            try await replies.write(InteropAPI.StreamingOutputCallResponse(payload: payload(parameters.size)))
        }
    }

    private func payload(_ size: Int32) -> InteropAPI.Payload? {
        size > 0 ? InteropAPI.Payload(body: [UInt8](repeating: 0, count: Int(size))) : nil
    }

    /// The request may say which status it wants.
    private func check(_ status: InteropAPI.EchoStatus?) throws(ServiceError) {
        guard let status, status.code != 0 else { return }
        let kind = UInt8(exactly: status.code).flatMap(ServiceError.Kind.init) ?? .unknown
        throw ServiceError(kind, status.message, mayHaveRun: true)
    }
}
