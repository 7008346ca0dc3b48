import Contracts
import Schema

/// How the messages of a stream become events: a message of which one field is set is an event of that field's name with the
/// field's value; any other message is an event `message` with itself.
struct EventNames: Sendable {
    private let type: String
    /// By number; empty when the message is not of that kind.
    private let fields: [Int: FieldDescriptor]

    init(of type: String) {
        self.type = type
        let all = Contract.schema.messages[type]?.fields ?? []
        let isChoice = !all.isEmpty && all.allSatisfy { $0.kind == .message && !$0.isRepeated }
        fields = isChoice ? Dictionary(uniqueKeysWithValues: all.map { ($0.number, $0) }) : [:]
    }

    /// - Throws: `SchemaError.malformed` for bytes that are no such message.
    func event(of message: [UInt8]) throws(SchemaError) -> EventLog.Event {
        let chosen = try choice(in: message)
        guard let (field, value) = chosen else {
            return EventLog.Event(
                name: "message", data: try ContractRoute.transcoder.json(from: message, message: type))
        }
        return EventLog.Event(
            name: field.jsonName, data: try ContractRoute.transcoder.json(from: value, message: field.typeName))
    }

    private func choice(in message: [UInt8]) throws(SchemaError) -> (FieldDescriptor, [UInt8])? {
        let result: Result<(FieldDescriptor, [UInt8])?, SchemaError> = message.withUnsafeBytes { bytes in
            var reader = ProtobufReader(bytes)
            var chosen: (FieldDescriptor, [UInt8])?
            do throws(SchemaError) {
                while let (number, value) = try reader.next() {
                    guard let field = fields[number], case .bytes(let bytes) = value else { continue }
                    if chosen != nil { return .success(nil) }
                    chosen = (field, Array(bytes))
                }
                return .success(chosen)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
