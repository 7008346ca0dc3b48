import ArgumentParser
import Contracts
import Runtime
import Schema

/// `codingahead services`: the contract's methods, what they take and give, and where they are served.
struct ServicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "services", abstract: "List every method of the contract and the address that serves it.")

    @Flag(help: "Say of each method also what it does.")
    var long = false

    func run() async throws {
        let settings = try Settings.ofProcess()
        var rows: [[String]] = []
        for found in MethodLookup(schema: Contract.schema).all {
            let method = found.method
            let address = found.program.map { settings.address(of: $0).description } ?? "every program"
            rows.append([
                method.fullName, address, "\(Self.short(method.input)) → \(Self.short(method.output))",
            ])
            guard long, !method.comment.isEmpty else { continue }
            for line in method.comment.split(separator: "\n") { rows.append(["    " + line]) }
        }
        Output.say(Output.table(rows))
    }

    private static func short(_ message: String) -> String {
        message.split(separator: ".").last.map(String.init) ?? message
    }
}
