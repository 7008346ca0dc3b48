import Contracts
import RPC
import Schema

/// The contract of a server, by its own word: what works by descriptor then works with a server of any version.
enum ServedContract {
    /// Asks the server's reflection for everything it declares; nil when it serves none.
    ///
    /// - Throws: `ServiceError` when the server cannot be asked.
    static func ask(_ channel: any RPCChannel, options: CallOptions) async throws(ServiceError) -> DescriptorSet? {
        let reply: ReflectionAPI.GetDescriptorsReply
        do throws(ServiceError) {
            reply = try await ReflectionAPI.Client(channel).getDescriptors(
                ReflectionAPI.GetDescriptorsRequest(), options: options)
        } catch {
            guard error.kind == .unimplemented else { throw error }
            return nil
        }
        let result: Result<DescriptorSet, SchemaError> = reply.descriptorSet.withUnsafeBytes { bytes in
            do throws(SchemaError) { return .success(try DescriptorSet(bytes)) } catch { return .failure(error) }
        }
        switch result {
        case .success(let schema): return schema
        case .failure(let error):
            throw ServiceError(.internal, "the server's contract cannot be read: \(CallCommand.text(of: error))")
        }
    }
}
