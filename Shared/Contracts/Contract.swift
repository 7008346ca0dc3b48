import CProtos
package import Schema

/// The contract as data, read once from the descriptor set that the programs carry.
package enum Contract {
    /// Every message, service and route of `Protos/*.proto`.
    package static let schema: DescriptorSet = {
        do throws(SchemaError) {
            return try DescriptorSet(serialized)
        } catch {
            preconditionFailure("the generated descriptor set cannot be read: \(error)")
        }
    }()

    /// The serialised `google.protobuf.FileDescriptorSet`.
    package static var serialized: UnsafeRawBufferPointer {
        var count = 0
        let start = codingahead_descriptor_set(&count)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    /// FNV-1a 64 of the descriptor set: two programs with the same number were built from the same contract.
    package static let hash: UInt64 = serialized.reduce(14_695_981_039_346_656_037) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
}
