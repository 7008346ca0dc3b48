import Foundation

/// The Python packages of `Tests/requirements.txt`, which `Tests/run` installs into `.venv`.
enum PythonEnvironment {
    private static let root = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
    private static let programs = root.appending(path: ".venv/bin")

    /// Why tests that need a program of it are skipped.
    static let absence = "Tests/run installs Tests/requirements.txt into .venv"

    static func has(_ program: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: programs.appending(path: program).path)
    }

    /// Runs a program of the environment to its end. A script's path is relative to the package.
    static func run(
        _ program: String, _ arguments: [String], in folder: URL
    ) async throws -> (status: Int32, output: String) {
        let log = folder.appending(path: "\(program).log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = programs.appending(path: program)
        process.arguments = arguments.map { $0.hasSuffix(".py") ? root.appending(path: $0).path : $0 }
        process.currentDirectoryURL = folder
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        let ended = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in ended.continuation.finish() }
        try process.run()
        for await _ in ended.stream {}
        return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }
}
