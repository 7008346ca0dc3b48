import Contracts
import RPC
import Schema
import Wire

/// A method of the contract at one of its addresses (`google.api.http`), with everything that the edge needs to know of
/// it: all of it follows from the descriptor.
struct ContractRoute: Sendable {
    /// What a caller's API key must allow.
    enum Need: String, Sendable {
        case read, ask, write
    }

    /// Bodies of most calls are short; a note to be coded is the longest, escaped six bytes a character.
    static let maximumBodyBytes = 256 * 1024
    /// Where a message has `bytes`: the longest is a résumé of 5 000 000 bytes, in base64.
    static let maximumUploadBytes = 7 * 1024 * 1024

    static let transcoder = Transcoder(Contract.schema)

    /// Whose packages a service serves.
    private static let services: [(prefix: String, service: ServiceName)] = [
        ("codingahead.lookup.", .lookup), ("codingahead.accounts.", .accounts),
        ("codingahead.assistant.", .assistant), ("codingahead.jobs.", .jobs),
    ]

    let method: Method
    let descriptor: MethodDescriptor
    let rule: MethodDescriptor.HTTPRule
    let template: PathTemplate
    let service: ServiceName
    /// Fields of the request that Gateway sets and a caller may not.
    let ownFields: [FieldDescriptor]
    let maximumBody: Int
    /// Answered with Server-Sent Events.
    let isEventStream: Bool
    /// A stream of a file's parts: in JSON it is one message with the whole file.
    let isFile: Bool

    /// Every address of the contract, in its order. Calls without an address, and those of other programs, have none.
    static let all: [ContractRoute] = Contract.schema.files.flatMap(\.services).flatMap { service in
        service.methods.flatMap { method in method.http.map { ContractRoute(method, rule: $0) } }
    }

    /// Everyone gets the same answer, so nobody has to be known: Lookup's calls that hold nothing of a reader.
    var isForEveryone: Bool { service == .lookup && ownFields.isEmpty }

    /// Calls that are how somebody becomes known; they are made for nobody.
    var isBeforeLogin: Bool { method.fullName.hasPrefix("codingahead.accounts.v1.Accounts/") }

    /// Its answers have a tag, to be asked for again by; a file has none, since nothing on the way may keep it.
    var isTagged: Bool { rule.verb == "GET" && !isFile }

    /// What an API key must allow. Accounts looks itself at what a key may do with an account.
    var need: Need? {
        switch service {
        case .accounts: nil
        case .assistant where !method.isIdempotent || method == AssistantAPI.Methods.explain: .ask
        case .lookup where method.isIdempotent: .read
        case .lookup, .assistant, .jobs: rule.verb == "GET" ? .read : .write
        }
    }

    private init(_ descriptor: MethodDescriptor, rule: MethodDescriptor.HTTPRule) {
        guard let template = PathTemplate(rule.path), let input = Contract.schema.messages[descriptor.input],
            let output = Contract.schema.messages[descriptor.output],
            let service = Self.services.first(where: { descriptor.fullName.hasPrefix($0.prefix) })?.service,
            !descriptor.isClientStreaming || !descriptor.isServerStreaming
        else { preconditionFailure("\(descriptor.fullName) cannot be served at \(rule.verb) \(rule.path)") }
        method = Method(
            fullName: descriptor.fullName, id: Method.id(of: descriptor.fullName),
            isIdempotent: descriptor.isIdempotent,
            shape: descriptor.isServerStreaming
                ? .serverStreaming : descriptor.isClientStreaming ? .clientStreaming : .unary)
        self.descriptor = descriptor
        self.rule = rule
        self.template = template
        self.service = service
        ownFields = input.fields.filter(\.isServiceOnly)
        isEventStream = descriptor.isServerStreaming && !Self.holdsBytes(output)
        isFile = descriptor.isClientStreaming || descriptor.isServerStreaming && Self.holdsBytes(output)
        maximumBody = Self.holdsBytes(input) ? Self.maximumUploadBytes : Self.maximumBodyBytes
    }

    /// A reply's wire form as JSON.
    func json(_ reply: [UInt8]) throws -> [UInt8] {
        try Self.transcoder.json(from: reply, message: descriptor.output)
    }

    /// A message as JSON.
    ///
    /// - Parameter type: its full name in the contract.
    static func json(_ message: some WireMessage, of type: String) throws -> [UInt8] {
        try transcoder.json(from: Wire.encode(message), message: type)
    }

    private static func holdsBytes(_ type: MessageDescriptor) -> Bool {
        type.fields.contains { field in
            field.kind == .bytes
                || field.kind == .message && Contract.schema.messages[field.typeName].map(holdsBytes) ?? false
        }
    }
}
