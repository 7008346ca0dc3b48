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
            codingahead call --address lookup:7101 --cacert ca.crt --cert me.crt --key me.key -d @request.json Lookup/GetCode

            With --address the server's own contract is asked for (reflection), else this program's. Requests of a \
            method that takes many stand one a line; replies of one that gives many are printed one a line as they come. \
            A refusal is printed to standard error as `NOT_FOUND: …`. Exit codes: 0 answered, 1 refused, 64 wrong method \
            or request, 78 wrong settings.
            """)

    @Argument(help: "Service/Method, with or without the package; `codingahead services` lists them.")
    var method: String

    @Argument(help: "The request as JSON, or - to read it from standard input.")
    var request = "{}"

    @Option(
        name: [.customShort("d"), .long],
        help: ArgumentHelp(
            "The request, instead of the argument: JSON, @FILE, or - for standard input.", valueName: "DATA"))
    var data: String?

    @OptionGroup var connection: ConnectionOptions

    @Option(help: "Seconds to wait for the answer.")
    var timeout = 10.0

    @Option(
        name: .customLong("idempotency-key"),
        help: "An idempotency key, 32 hexadecimal digits: a repeat with the same key is counted once.")
    var idempotencyKey: String?

    /// Longest request that is read from standard input; a message may not be larger either.
    static let maxRequestBytes = 4 * 1024 * 1024

    func validate() throws {
        guard timeout > 0, timeout <= 600 else { throw ValidationError("--timeout must be from 0 to 600 seconds.") }
        if let idempotencyKey, Self.keyBytes(idempotencyKey) == nil {
            throw ValidationError("--idempotency-key must be 32 hexadecimal digits.")
        }
    }

    func run() async throws {
        let settings = try Settings.ofProcess()
        let options = CallOptions(
            timeout: .seconds(timeout),
            idempotencyKey: idempotencyKey.flatMap(Self.keyBytes).flatMap { IdempotencyKey($0) },
            metadata: try connection.metadata())
        let json = try requestBytes()
        // Without an address the contract says which program serves the method.
        let found = connection.address == nil ? try Self.find(method, in: Contract.schema) : nil
        let client = try connection.client(of: found?.program, settings)
        let outcome = await outcome(json, found, on: client, options)
        await client.close()
        switch outcome {
        case .success: return
        case .failure(let error): throw error
        }
    }

    /// Everything that needs the server; a failure was said.
    private func outcome(
        _ json: [UInt8], _ found: MethodLookup.Found?, on client: Client, _ options: CallOptions
    ) async -> Result<Void, ExitCode> {
        do {
            let schema =
                try found == nil
                ? await ServedContract.ask(client, options: options) ?? Contract.schema : Contract.schema
            let method = try found?.method ?? Self.find(method, in: schema).method
            let call = DescribedCall(schema: schema, method: method)
            let requests: [[UInt8]]
            do throws(SchemaError) { requests = try call.requests(json) } catch {
                Output.complain(Self.text(of: error))
                return .failure(ExitCode(64))
            }
            try await call.run(requests, on: client, options: options) { Output.say($0) }
            return .success(())
        } catch let error as ServiceError {
            Output.complain(Self.text(of: error))
            return .failure(.failure)
        } catch let code as ExitCode {
            return .failure(code)
        } catch {
            Output.complain("\(error)")
            return .failure(.failure)
        }
    }

    /// - Throws: exit code 64 after saying what comes near.
    private static func find(_ name: String, in schema: DescriptorSet) throws -> MethodLookup.Found {
        do throws(SchemaError) {
            return try MethodLookup(schema: schema).method(name)
        } catch {
            Output.complain(text(of: error))
            throw ExitCode(64)
        }
    }

    /// - Throws: exit code 64 when a file cannot be read.
    private func requestBytes() throws -> [UInt8] {
        let text = data ?? request
        if text == "-" { return Array(FileHandle.standardInput.readData(ofLength: Self.maxRequestBytes)) }
        guard data != nil, text.hasPrefix("@") else { return Array(text.utf8) }
        let path = String(text.dropFirst())
        guard let file = FileHandle(forReadingAtPath: path) else {
            Output.complain("\(path) cannot be read.")
            throw ExitCode(64)
        }
        return Array(file.readData(ofLength: Self.maxRequestBytes))
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
