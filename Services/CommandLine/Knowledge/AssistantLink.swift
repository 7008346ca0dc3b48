import RPC
import Runtime

/// The running Assistant, called on behalf of whoever sits at this machine.
enum AssistantLink {
    /// Opens a channel, makes the calls, and says what was refused.
    /// - Throws: exit code 1 when a call is refused, 78 for wrong settings.
    static func with(_ body: (any RPCChannel, CallOptions) async throws(ServiceError) -> Void) async throws {
        try await OperatorLink.with(.assistant, timeout: .seconds(120), body)
    }
}
