import ArgumentParser
import Foundation
import RPC
import Runtime

/// A running program, called on behalf of whoever sits at this machine: where and as the settings say, over its socket or with the
/// operator's certificate when there is one.
enum OperatorLink {
    /// Who calls, as the programs and the audit log know it: `operator NAME`.
    static var principal: [UInt8] {
        let name = NSUserName().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return Array("operator \(name.isEmpty ? "unknown" : name)".utf8)
    }

    /// Opens a channel, makes the calls, and says what was refused.
    ///
    /// - Parameter timeout: of a call.
    /// - Throws: exit code 1 when a call is refused, 78 for wrong settings.
    static func with(
        _ program: ProgramName, timeout: Duration,
        _ body: (any RPCChannel, CallOptions) async throws(ServiceError) -> Void
    ) async throws {
        let client = try Settings.ofProcess().operatorClientOrExit(of: program)
        let options = CallOptions(timeout: timeout, idempotencyKey: .random(), principal: principal)
        var refusal: ServiceError?
        do throws(ServiceError) {
            try await body(client, options)
        } catch {
            refusal = error
        }
        await client.close()
        guard let refusal else { return }
        Output.complain(CallCommand.text(of: refusal))
        throw ExitCode.failure
    }
}
