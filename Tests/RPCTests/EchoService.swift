import Contracts
import RPC
import Wire

/// Methods that tests serve: the messages are the contract's, the methods are not.
enum EchoService {
    static let echo = method("test.Echo/Echo")
    static let fail = method("test.Echo/Fail")
    static let sleep = method("test.Echo/Sleep")
    static let describe = method("test.Echo/Describe")

    static func method(_ name: String) -> RPC.Method {
        RPC.Method(fullName: name, id: RPC.Method.id(of: name), isIdempotent: true)
    }

    /// - Parameter log: told when a sleeping handler ended, and whether it was cancelled.
    static func routes(log: CallLog = CallLog()) -> [Route] {
        [
            Route(echo) { (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                request
            },
            Route(fail) { (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                throw ServiceError(
                    .failedPrecondition, request.title, field: "code", reason: "because", mayHaveRun: true,
                    retryAfter: .seconds(2))
            },
            Route(sleep) {
                (request: CommonAPI.CodeReference, _) async throws(ServiceError) -> CommonAPI.CodeReference in
                log.began()
                do { try await Task.sleep(for: .milliseconds(Int(request.code) ?? 0)) } catch {
                    log.ended(cancelled: true)
                    throw ServiceError(.cancelled, "woken")
                }
                log.ended(cancelled: false)
                return request
            },
            Route(describe) {
                (_: CommonAPI.CodeReference, context) async throws(ServiceError) -> CommonAPI.CodeReference in
                CommonAPI.CodeReference(
                    system: context.trace?.traceparent ?? "",
                    code: context.idempotencyKey.map { String(describing: $0.bytes) } ?? "",
                    title: "\(context.requestID) \(context.metadata["x"] ?? []) \(context.principal)")
            },
        ]
    }
}
