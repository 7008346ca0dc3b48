import Contracts
package import RPC
import ServiceLifecycle

/// Asks another program's health again and again and reports it as a condition of this one's readiness.
package struct DependencyWatch: Service {
    /// Between two questions while the other is not ready: short, since a start waits for it.
    static let eagerInterval = Duration.milliseconds(100)
    /// Between two questions while it is ready.
    static let calmInterval = Duration.seconds(1)
    /// How long one question may take.
    static let timeout = Duration.seconds(2)

    private let condition: String
    private let client: HealthAPI.Client
    private let readiness: Readiness

    /// - Parameters:
    ///   - program: whom the channel leads to; its name is the condition's.
    ///   - channel: owned by the caller, as long as the watch runs.
    package init(_ program: ProgramName, channel: any RPCChannel, readiness: Readiness) {
        condition = program.rawValue
        client = HealthAPI.Client(channel)
        self.readiness = readiness
        readiness.require(condition)
    }

    /// Runs until shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let isServing = await ask()
                do {
                    try await Task.sleep(for: isServing ? Self.calmInterval : Self.eagerInterval)
                } catch {
                    return
                }
            }
        }
    }

    private func ask() async -> Bool {
        do {
            let options = CallOptions(timeout: Self.timeout)
            let reply = try await client.check(HealthAPI.HealthCheckRequest(), options: options)
            guard reply.status == .serving else {
                readiness.report(condition, failing: "not serving")
                return false
            }
            readiness.report(condition)
            return true
        } catch {
            readiness.report(condition, failing: "\(error.kind)")
            return false
        }
    }
}
