import Contracts
import Crypto
import HTTPTypes
import Hummingbird
import RPC
import Schema

/// The fields that the contract marks as `service_only`: a caller may not name them, Gateway sets them from what it knows of
/// the caller. Each is set by its name, whatever call it belongs to; one that is not listed here stays unset.
struct OwnFields: Sendable {
    /// What Accounts keeps of a client's name.
    private static let maximumClientBytes = 200
    /// Who may write the texts of code pages.
    private static let editors: Set = ["editor", "administrator"]
    /// What a session shows licensed texts for when it is no single code.
    private static let manyCodes = "casepilot"

    let site: Site

    /// The fields in wire form, to be put after the caller's own (of a field that stands twice, the last counts).
    /// - Throws: what asking for the licence throws; `permissionDenied` for an editor's call by somebody else.
    func fields(
        of call: ContractCall, message: [UInt8], reader: Reader
    ) async throws -> [UInt8] {
        var writer = ProtobufWriter()
        for field in call.route.ownFields {
            switch field.name {
            case "network":
                write(site.metering.network.prefix(of: call.request, peer: call.context.peer), field, &writer)
            case "guest_id", "guest":
                if case .guest(let guest) = reader { write(guest.text, field, &writer) }
            case "client": write(client(of: call.request), field, &writer)
            case "account_id": write(reader.account?.id ?? "", field, &writer)
            case "viewer": write(viewer(call, reader: reader), field, &writer)
            case "editor": write(try editor(reader), field, &writer)
            case "licensed_texts":
                if let text = licensedText(in: message, of: call.route),
                    try await site.licence.mayShow(text.item, of: text.year, to: reader, context: call.context)
                {
                    writer.varint(1, field: field.number)
                }
            default: break
            }
        }
        return writer.bytes
    }

    private func write(_ text: String, _ field: FieldDescriptor, _ writer: inout ProtobufWriter) {
        if !text.isEmpty { writer.bytes(text.utf8, field: field.number) }
    }

    private func client(of request: Request) -> String {
        var bytes = Array((request.headers[.userAgent] ?? "").utf8.prefix(Self.maximumClientBytes))
        while let last = bytes.last, last >= 0x80 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Tells readers apart for one day: a keyed hash of who it is, or of the network and browser of somebody unknown.
    private func viewer(_ call: ContractCall, reader: Reader) -> String {
        guard !call.isUnopened else { return "" }
        let who =
            switch reader {
            case .account(let account, _): "account \(account.id)"
            case .guest(let guest): "guest \(guest.text)"
            case .newcomer:
                site.metering.network.prefix(of: call.request, peer: call.context.peer) + client(of: call.request)
            }
        let day = site.surroundings.now() / 86_400
        let signature = site.signingKey.signature(for: .viewer, of: Array("\(day) \(who)".utf8))
        return Base64URL.text(of: Array(signature.prefix(16)))
    }

    private func editor(_ reader: Reader) throws -> String {
        guard let account = reader.account else {
            throw ServiceError(.unauthenticated, "Log in as an editor first.")
        }
        guard !Self.editors.isDisjoint(with: account.roles) else {
            throw ServiceError(.permissionDenied, "Only editors may do this.", reason: "role_needed")
        }
        return account.id
    }

    /// The licensed text that a request asks for, e.g. `cpt/20975`, and the year of its code set, which is known beforehand
    /// when the request names a date of service (without one, Lookup itself holds back the years that no licence covers);
    /// nil when it is of a set that needs no licence.
    private func licensedText(in message: [UInt8], of route: ContractRoute) -> (item: String, year: UInt32)? {
        let fields = Contract.schema.messages[route.descriptor.input]?.fields ?? []
        let values = Self.texts(in: message)
        let value = { (name: String) in fields.first { $0.name == name }.flatMap { values[$0.number] } ?? "" }
        let year = Licence.year(of: value("on"))
        guard fields.contains(where: { $0.name == "system" }) else { return (Self.manyCodes, year) }
        guard Licence.systems.contains(value("system")) else { return nil }
        return ("\(value("system"))/\(value("code").uppercased())", year)
    }

    private static func texts(in message: [UInt8]) -> [Int: String] {
        message.withUnsafeBytes { bytes in
            var reader = ProtobufReader(bytes)
            var texts: [Int: String] = [:]
            do throws(SchemaError) {
                while let (number, value) = try reader.next() {
                    if case .bytes(let bytes) = value { texts[number] = String(decoding: bytes, as: UTF8.self) }
                }
            } catch {
                preconditionFailure("the transcoder wrote a message that cannot be read: \(error)")
            }
            return texts
        }
    }
}
