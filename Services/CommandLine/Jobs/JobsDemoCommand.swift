import ArgumentParser
import Contracts
import Foundation
import RPC
import Runtime

/// `codingahead jobs demo`: made-up employers and postings on the running board, to try it out.
struct JobsDemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Put made-up employers and postings on the board, each marked as such, or take them away.",
        discussion: """
            Needs a running Jobs. The same seed makes the same board. Nothing of it is loaded by itself, and nothing but \
            the sample is taken away.
            """)

    @Option(help: "How many postings.")
    var postings: UInt32 = 2_000

    @Option(help: "What the board is made from.")
    var seed: UInt64 = 1

    @Flag(help: "Take the sample away.")
    var remove = false

    func validate() throws {
        guard (1...100_000).contains(postings) else { throw ValidationError("Between 1 and 100000 postings.") }
    }

    func run() async throws {
        let settings = try Settings.ofProcess()
        let channel = try settings.operatorClientOrExit(of: .jobs)
        let client = ModerationAPI.Client(channel)
        let options = CallOptions(timeout: .seconds(600), principal: Array("operator \(Self.name)".utf8))
        var refusal: ServiceError?
        do throws(ServiceError) {
            if remove {
                let gone = try await client.removeSample(ModerationAPI.RemoveSampleRequest(), options: options)
                Output.say("Took \(gone.postings) sample postings away.")
            } else {
                let made = try await client.makeSample(
                    ModerationAPI.MakeSampleRequest(postings: postings, seed: seed), options: options)
                Output.say("Made \(made.postings) postings of \(made.employers) employers, all marked as samples.")
            }
        } catch {
            refusal = error
        }
        await channel.close()
        guard let refusal else { return }
        Output.complain(CallCommand.text(of: refusal))
        throw ExitCode.failure
    }

    private static var name: String {
        let name = NSUserName().filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return name.isEmpty ? "unknown" : name
    }
}
