import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import RPC

/// `/livez`: the program runs. `/readyz`: all four services say SERVING.
struct HealthEndpoints: Sendable {
    private struct Readiness: Encodable {
        let status: String
        let services: [String: String]
    }

    let services: Services

    func add(to router: Router<GatewayContext>) {
        router.get("/livez") { _, _ in
            Self.reply(.ok, Data(#"{"status":"alive"}"#.utf8))
        }
        router.get("/readyz", use: ready)
    }

    @Sendable func ready(_ request: Request, context: GatewayContext) async throws -> Response {
        let states = await withTaskGroup(of: (String, String).self) { group in
            for (name, client) in services.health {
                group.addTask { (name, await Self.state(of: client, context: context)) }
            }
            return await group.reduce(into: [String: String]()) { $0[$1.0] = $1.1 }
        }
        let isReady = states.values.allSatisfy { $0 == "SERVING" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let body = try encoder.encode(Readiness(status: isReady ? "ready" : "not ready", services: states))
        return Self.reply(isReady ? .ok : .serviceUnavailable, body)
    }

    private static func state(of client: HealthAPI.Client, context: GatewayContext) async -> String {
        do {
            let reply = try await client.check(
                HealthAPI.HealthCheckRequest(), options: context.options(timeout: CallTimeouts.health))
            return reply.status == .serving ? "SERVING" : "NOT_SERVING"
        } catch {
            return error.kind.statusName
        }
    }

    private static func reply(_ status: HTTPResponse.Status, _ body: Data) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
