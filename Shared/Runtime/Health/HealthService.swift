package import Contracts
package import RPC

/// `grpc.health.v1.Health` of a program: serving exactly while it is ready.
package struct HealthService: HealthAPI.Service {
    private let names: Set<String>
    private let readiness: Readiness

    /// - Parameter names: the full names of the services that the program serves.
    package init(serving names: Set<String>, readiness: Readiness) {
        self.names = names
        self.readiness = readiness
    }

    /// - Throws: `notFound` when the program does not serve a service of that name.
    package func check(
        _ request: HealthAPI.HealthCheckRequest, context: CallContext
    ) async throws(ServiceError) -> HealthAPI.HealthCheckResponse {
        guard request.service.isEmpty || names.contains(request.service) else {
            throw ServiceError(.notFound, "This program serves no service of that name.", field: "service")
        }
        return HealthAPI.HealthCheckResponse(status: readiness.isReady ? .serving : .notServing)
    }

    /// Ends when the program starts to drain, so that nobody who watches holds it up.
    package func watch(
        _ request: HealthAPI.HealthCheckRequest, to replies: ReplyWriter<HealthAPI.HealthCheckResponse>,
        context: CallContext
    ) async throws(ServiceError) {
        guard request.service.isEmpty || names.contains(request.service) else {
            try await replies.write(HealthAPI.HealthCheckResponse(status: .serviceUnknown))
            // Names do not change while a program runs: there is nothing to say but the end.
            for await _ in readiness.changes() {}
            return
        }
        for await isReady in readiness.changes() {
            try await replies.write(HealthAPI.HealthCheckResponse(status: isReady ? .serving : .notServing))
        }
    }
}
