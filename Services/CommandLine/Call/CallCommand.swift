import ArgumentParser
import Contracts
import Foundation
import RPC
import Runtime
import Schema

/// `codingahead call`: one call with JSON in and JSON out.
struct CallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Call a method with a JSON request and print the JSON reply.",
        discussion: """
            codingahead call Lookup/GetCode '{"system": "icd10cm", "code": "E11.9"}'
            echo '{}' | codingahead call ListEditions -

            A refusal is printed to standard error as `NOT_FOUND: …`. Exit codes: 0 answered, 1 refused, 64 wrong \
            method or request, 78 wrong settings.
            """)

    @Argument(help: "Service/Method, with or without the package; `codingahead services` lists them.")
    var method: String

    @Argument(help: "The request as JSON, or - to read it from standard input.")
    var request = "{}"

    @Option(help: ArgumentHelp("Where to call instead of the program's address.", valueName: "HOST:PORT"))
    var address: String?

    @Option(help: "Seconds to wait for the answer.")
    var timeout = 10.0

    @Option(help: "An idempotency key, 32 hexadecimal digits: a repeat with the same key is counted once.")
    var key: String?

    /// Longest request that is read from standard input; a message may not be larger either.
    static let maxRequestBytes = 4 * 1024 * 1024

    func validate() throws {
        guard timeout > 0, timeout <= 600 else { throw ValidationError("--timeout must be from 0 to 600 seconds.") }
        if let address, HostPort(address) == nil { throw ValidationError("--address must be HOST:PORT.") }
        if let key, Self.keyBytes(key) == nil { throw ValidationError("--key must be 32 hexadecimal digits.") }
    }

    func run() async throws {
        let settings = try Settings.ofProcess()
        let found: MethodLookup.Found
        let bytes: [UInt8]
        do throws(SchemaError) {
            found = try MethodLookup(schema: Contract.schema).method(method)
            bytes = try Transcoder(Contract.schema).message(found.method.input, json: requestBytes())
        } catch {
            Output.complain(Self.text(of: error))
            throw ExitCode(64)
        }
        let target = try target(of: found, settings: settings)
        let client = Client(to: target)
        let outcome = await Self.outcome(of: found.method, bytes: bytes, options: options, on: client)
        await client.close()
        switch outcome {
        case .success(let text): Output.say(text)
        case .failure(let error):
            Output.complain(Self.text(of: error))
            throw ExitCode.failure
        }
    }

    private var options: CallOptions {
        CallOptions(
            timeout: .seconds(timeout), idempotencyKey: key.flatMap(Self.keyBytes).flatMap { IdempotencyKey($0) })
    }

    private func requestBytes() -> [UInt8] {
        guard request == "-" else { return Array(request.utf8) }
        return Array(FileHandle.standardInput.readData(ofLength: Self.maxRequestBytes))
    }

    private func target(of found: MethodLookup.Found, settings: Settings) throws -> String {
        if let address { return address }
        guard let program = found.program else {
            Output.complain("Every program serves \(found.method.fullName): say which with --address HOST:PORT.")
            throw ExitCode(64)
        }
        return settings.address(of: program).local.description
    }

    private static func outcome(
        of method: MethodDescriptor, bytes: [UInt8], options: CallOptions, on client: Client
    ) async -> Result<String, ServiceError> {
        let called = Method(
            fullName: method.fullName, id: Method.id(of: method.fullName), isIdempotent: method.isIdempotent)
        do throws(ServiceError) {
            let reply = try await client.call(called, bytes: bytes, options: options)
            do throws(SchemaError) {
                return .success(
                    String(
                        decoding: try Transcoder(Contract.schema).json(from: reply, message: method.output),
                        as: UTF8.self))
            } catch {
                throw ServiceError(.internal, "the reply does not fit this program's contract: \(text(of: error))")
            }
        } catch {
            return .failure(error)
        }
    }

    /// 16 bytes; `nil` when the text is not 32 hexadecimal digits.
    static func keyBytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == 32, text.utf8.count == 32 else { return nil }
        return stride(from: 0, to: 32, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    static func text(of error: ServiceError) -> String {
        let field = error.field.isEmpty ? "" : " (field \(error.field))"
        let reason = error.reason.isEmpty ? "" : " [\(error.reason)]"
        return "\(statusName(error.kind)): \(error.message)\(field)\(reason)"
    }

    static func text(of error: SchemaError) -> String {
        switch error {
        case .malformed(let reason), .unknown(let reason): reason
        case .invalid(let field, let reason): field.isEmpty ? reason : "\(field): \(reason)"
        }
    }

    /// gRPC's spelling: `notFound` → `NOT_FOUND`.
    static func statusName(_ kind: ServiceError.Kind) -> String {
        "\(kind)".reduce(into: "") { name, letter in
            if letter.isUppercase { name += "_" }
            name += letter.uppercased()
        }
    }
}
