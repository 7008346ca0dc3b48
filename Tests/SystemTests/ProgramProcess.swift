import Foundation
import Synchronization

/// One of the built programs as a process of its own. It is killed when the test lets go of it.
final class ProgramProcess: Sendable {
    let name: String
    private let environment: [String: String]
    private let arguments: [String]
    private let log: URL
    private let process = Mutex<Process?>(nil)

    /// Where `swift build` put the programs: beside the test bundle.
    static let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    init(_ name: String, arguments: [String] = [], environment: [String: String], log: URL) {
        self.name = name
        self.arguments = arguments
        self.environment = environment
        self.log = log
    }

    deinit { process.withLock { $0.map { _ = kill($0.processIdentifier, SIGKILL) } } }

    func start() throws {
        let started = Process()
        started.executableURL = ProgramProcess.folder.appending(path: name)
        started.arguments = arguments
        started.environment = environment
        if !FileManager.default.fileExists(atPath: log.path) {
            try Data().write(to: log)
        }
        let handle = try FileHandle(forWritingTo: log)
        try handle.seekToEnd()
        started.standardError = handle
        started.standardOutput = handle
        started.standardInput = FileHandle.nullDevice
        try started.run()
        process.withLock { $0 = started }
    }

    func signal(_ number: Int32) {
        process.withLock { process in
            guard let process, process.isRunning else { return }
            kill(process.processIdentifier, number)
        }
    }

    /// Its number; nil: it was never started.
    var pid: Int32? { process.withLock { $0?.processIdentifier } }

    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    /// Waits for the end; the exit code, or the negative signal that ended it.
    @discardableResult
    func ended() async throws -> Int32 {
        while isRunning { try await Task.sleep(for: .milliseconds(5)) }
        return process.withLock { process in
            guard let process else { return 0 }
            return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
        }
    }

    var output: String {
        do { return try String(contentsOf: log, encoding: .utf8) } catch { return "no log: \(error)" }
    }
}
