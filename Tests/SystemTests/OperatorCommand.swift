import Foundation

/// `codingahead` as whoever sits at the machine of a running desk gives it.
struct OperatorCommand {
    struct Result {
        let code: Int32
        let output: String
        let complaints: String
    }

    let environment: [String: String]

    /// Runs a command to its end.
    func callAsFunction(_ arguments: String..., input: String = "") async throws -> Result {
        let process = Process()
        process.executableURL = ProgramProcess.folder.appending(path: "codingahead")
        process.arguments = arguments
        process.environment = environment
        let (given, said, complained) = (Pipe(), Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = said
        process.standardError = complained
        try process.run()
        given.fileHandleForWriting.write(Data(input.utf8))
        try given.fileHandleForWriting.close()
        // What these commands say is far shorter than a pipe holds.
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        return Result(
            code: process.terminationStatus,
            output: String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self),
            complaints: String(decoding: complained.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
    }
}

extension RunningDesk {
    /// `codingahead` with the settings of this desk.
    var codingahead: OperatorCommand { OperatorCommand(environment: environment) }
}
