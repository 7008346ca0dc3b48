import ArgumentParser
import Foundation
import RPC
import Runtime

/// The running Assistant, called on behalf of whoever sits at this machine.
enum AssistantLink {
    /// Opens a channel, makes the calls, and says what was refused.
    /// - Throws: exit code 1 when a call is refused, 78 for wrong settings.
    static func with(_ body: (any RPCChannel, CallOptions) async throws(ServiceError) -> Void) async throws {
        let settings = try Settings.ofProcess()
        let channel = try settings.operatorClientOrExit(of: .assistant)
        let name = NSUserName().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        let options = CallOptions(
            timeout: .seconds(120), principal: Array("operator \(name.isEmpty ? "unknown" : name)".utf8))
        var refusal: ServiceError?
        do throws(ServiceError) {
            try await body(channel, options)
        } catch {
            refusal = error
        }
        await channel.close()
        guard let refusal else { return }
        Output.complain(CallCommand.text(of: refusal))
        throw ExitCode.failure
    }
}
