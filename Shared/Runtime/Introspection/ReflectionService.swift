package import Contracts
package import RPC
import Schema

/// `codingahead.reflection.v1.Reflection` of a program: the contract that it was built with.
package struct ReflectionService: ReflectionAPI.Service {
    private static let files: DescriptorFiles = {
        do throws(SchemaError) {
            return try DescriptorFiles(Contract.serialized)
        } catch {
            preconditionFailure("the generated descriptor set cannot be read: \(error)")
        }
    }()

    private let served: [String]

    /// - Parameter names: the full names of the services that the program serves.
    package init(serving names: Set<String>) { served = names.sorted() }

    package func listServices(
        _ request: ReflectionAPI.ListServicesRequest, context: CallContext
    ) async throws(ServiceError) -> ReflectionAPI.ListServicesReply {
        ReflectionAPI.ListServicesReply(services: served)
    }

    /// - Throws: `notFound` for a symbol that the contract does not declare.
    package func getDescriptors(
        _ request: ReflectionAPI.GetDescriptorsRequest, context: CallContext
    ) async throws(ServiceError) -> ReflectionAPI.GetDescriptorsReply {
        guard let set = Self.files.serialized(declaring: request.symbol) else {
            throw ServiceError(.notFound, "The contract declares no such symbol.", field: "symbol")
        }
        return ReflectionAPI.GetDescriptorsReply(descriptorSet: set)
    }
}
