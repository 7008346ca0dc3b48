import Foundation

/// Other programs that tests run to their end.
package enum Command {
    private struct Failed: Error {
        let command: String
    }

    /// Runs a program, named by its path, and waits for its end.
    ///
    /// - Returns: what it printed.
    /// - Throws: when it cannot be started, or ends with another code than 0.
    @discardableResult
    package static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        // A file, not a pipe: a daemon that it leaves behind would hold a pipe open for ever.
        let output = FileManager.default.temporaryDirectory.appending(path: "out-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { _ = Result { try FileManager.default.removeItem(at: output) } }
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(command: command.joined(separator: " ")) }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
