import ArgumentParser
import Contracts
import RPC
import Runtime
import Schema

/// `codingahead services`: the contract's methods, what they take and give, and where they are served.
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services", abstract: "List every method of the contract and the address that serves it.")

    @OptionGroup var connection: ConnectionOptions

    @Flag(help: "Say of each method also what it does.")
    var long = false

    func run() async throws {
        let settings = try Settings.ofProcess()
        var rows: [[String]] = []
        for found in MethodLookup(schema: try await schema(settings)).all {
            let method = found.method
            let address =
                connection.address ?? found.program.map { settings.address(of: $0).description } ?? "every program"
            rows.append([
                method.fullName, address, "\(Self.short(method.input)) → \(Self.short(method.output))",
            ])
            guard long, !method.comment.isEmpty else { continue }
            for line in method.comment.split(separator: "\n") { rows.append(["    " + line]) }
        }
        Output.say(Output.table(rows))
    }

    /// The contract of the server at `--address`, of this program without.
    private func schema(_ settings: Settings) async throws -> DescriptorSet {
        guard connection.address != nil else { return Contract.schema }
        let client = try connection.client(of: nil, settings)
        let outcome: Result<DescriptorSet?, ServiceError>
        let options = CallOptions(metadata: try connection.metadata())
        do throws(ServiceError) {
            outcome = .success(try await ServedContract.ask(client, options: options))
        } catch {
            outcome = .failure(error)
        }
        await client.close()
        switch outcome {
        case .success(let schema?): return schema
        case .success(nil):
            Output.complain("The server serves no reflection.")
            throw ExitCode.failure
        case .failure(let error):
            Output.complain(CallCommand.text(of: error))
            throw ExitCode.failure
        }
    }

    private static func short(_ message: String) -> String {
        message.split(separator: ".").last.map(String.init) ?? message
    }
}
