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
}
