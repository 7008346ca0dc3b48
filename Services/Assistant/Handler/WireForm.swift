import RPC
import Wire

/// Answers and traces as the store keeps them: in the contract's wire form, which later versions can read.
enum WireForm {
    /// - Throws: `internal` for a message over the limit.
    static func bytes(of message: some WireMessage) throws(ServiceError) -> [UInt8] {
        do { return try Wire.encode(message) } catch {
            throw ServiceError(.internal, "An answer could not be written: it is too large.")
        }
    }

    /// - Throws: `internal` for bytes that are no such message.
    static func value<Message: WireMessage>(
        _ type: Message.Type, from bytes: [UInt8]
    ) throws(ServiceError) -> Message {
        do { return try Wire.decode(type, from: bytes) } catch {
            throw ServiceError(.internal, "An answer that was kept cannot be read.")
        }
    }
}
