import Foundation

/// The figures of CareerCenter: `JobsBenchmark search`, `digests`, `duplicates`, or all of them without a name.
@main
struct JobsBenchmark {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "search": try await SearchFigures.run()
        case "digests": try await DigestFigures.run()
        case "duplicates": DuplicateFigures.run()
        // A run that is going to be killed, of `digests`.
        case "digest-run": try await DigestFigures.runOnce(folder: arguments[1])
        case nil:
            DuplicateFigures.run()
            try await SearchFigures.run()
            try await DigestFigures.run()
        default:
            print("usage: JobsBenchmark [search | digests | duplicates]")
            exit(64)
        }
    }
}
