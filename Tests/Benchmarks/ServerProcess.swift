import Foundation

/// This executable once more, as the server of a benchmark.
final class ServerProcess {
    struct Failed: Error { let reason: String }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(arguments: [String]) throws {
        process.executableURL = URL(filePath: CommandLine.arguments[0])
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    func readInt() throws -> Int {
        guard let number = Int(try line()) else { throw Failed(reason: "a number is expected from the server") }
        return number
    }

    func cpu() throws -> Double { try ask("cpu") }

    /// Asks the server for a number.
    func ask(_ question: String) throws -> Double {
        try input.fileHandleForWriting.write(contentsOf: Data("\(question)\n".utf8))
        guard let answer = Double(try line()) else { throw Failed(reason: "a number is expected from the server") }
        return answer
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    private func line() throws -> String {
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }
}
