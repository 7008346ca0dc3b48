import Foundation
import RPC
import Synchronization

/// Reads the text of a PDF by poppler's `pdftotext`, in a process of its own: a hostile file ends that and nothing else.
enum PDFText {
    private static let program = "/usr/bin/pdftotext"
    /// The largest manuals take a few seconds.
    private static let mostSeconds = 60.0

    /// The text, a form feed between pages.
    /// - Throws: `failedPrecondition` when poppler is not installed, `invalidArgument` when it cannot read the file, or not in a
    ///   minute.
    static func text(of bytes: [UInt8]) async throws(ServiceError) -> String {
        guard bytes.starts(with: Array("%PDF-".utf8)) else {
            throw ServiceError(.invalidArgument, "The file is no PDF.", field: "bytes")
        }
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw ServiceError(
                .failedPrecondition, "pdftotext is not installed: apt-get install poppler-utils.",
                reason: "no_pdftotext")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "codingahead-pdf-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { remove(folder) }
            let input = folder.appending(path: "in.pdf")
            let output = folder.appending(path: "out.txt")
            try Data(bytes).write(to: input)
            let status = try await run(["-q", "-enc", "UTF-8", input.path, output.path])
            guard status == 0 else {
                throw ServiceError(.invalidArgument, "pdftotext cannot read this file.", field: "bytes")
            }
            return String(decoding: try Data(contentsOf: output), as: UTF8.self)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw ServiceError(.internal, "The PDF could not be read: \(type(of: error)).")
        }
    }

    private static func run(_ arguments: [String]) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { ended in
            end.yield(ended.terminationStatus)
            end.finish()
        }
        try process.run()
        let pid = process.processIdentifier
        let timer = Task {
            try await Task.sleep(for: .seconds(mostSeconds))
            kill(pid, SIGKILL)
        }
        var status: Int32 = -1
        for await ended in ends { status = ended }
        timer.cancel()
        return status
    }

    private static func remove(_ folder: URL) {
        // The system clears its temporary folder of what is left here.
        _ = Result { try FileManager.default.removeItem(at: folder) }
    }
}
