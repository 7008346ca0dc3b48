import ArgumentParser
import Contracts
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
        try await OperatorLink.with(.jobs, timeout: .seconds(600)) { channel, options throws(ServiceError) in
            let client = ModerationAPI.Client(channel)
            if remove {
                let gone = try await client.removeSample(ModerationAPI.RemoveSampleRequest(), options: options)
                Output.say("Took \(gone.postings) sample postings away.")
            } else {
                let made = try await client.makeSample(
                    ModerationAPI.MakeSampleRequest(postings: postings, seed: seed), options: options)
                Output.say("Made \(made.postings) postings of \(made.employers) employers, all marked as samples.")
            }
        }
    }
}
