import Foundation
import Logging
import Runtime
import Testing

@Suite("The log")
struct LoggingTests {
    /// What a logger writes, read back from a pipe.
    private func written(_ format: LogFormat, level: Logger.Level = .info, _ body: (Logger) -> Void) -> String {
        let pipe = Pipe()
        let output = LogOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let logger = Logger(label: "test") { _ in
            StructuredLogHandler(program: "lookup", level: level, format: format, output: output)
        }
        body(logger)
        pipe.fileHandleForWriting.closeFile()
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test("An event is one line: time, level, program, message, metadata by name")
    func line() throws {
        let text = written(.logfmt) { $0.info("snapshot opened", metadata: ["edition": "FY2026", "codes": "74719"]) }
        let shape = try Regex(
            #"^time=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z level=info program=lookup msg="snapshot opened" codes=74719 edition=FY2026\n$"#
        )
        #expect(text.contains(shape), "\(text)")
    }

    @Test("JSON has the same keys and escapes what must be escaped")
    func json() throws {
        let text = written(.json) { $0.error("failed", metadata: ["cause": "a \"b\"\\\n\u{7}é"]) }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String])
        #expect(object["level"] == "error" && object["cause"] == "a \"b\"\\\n\u{7}é")
    }

    @Test("No value can start a second line or pass the length of a line")
    func bounded() {
        let long = String(repeating: "x\n", count: 50_000)
        let text = written(.logfmt) { logger in
            logger.info("m", metadata: Dictionary(uniqueKeysWithValues: (0..<100).map { ("k\($0)", "\(long)") }))
        }
        #expect(text.utf8.count <= 8 * 1024)
        #expect(text.filter { $0 == "\n" }.count == 1)
    }

    @Test(
        "Personal and secret values are withheld, whoever logs them",
        arguments: ["email", "token", "query", "Password"])
    func withheld(key: String) {
        let text = written(.logfmt) { $0.info("m", metadata: [key: "secret-value"]) }
        #expect(!text.contains("secret-value") && text.contains("[withheld]"))
    }

    @Test("What is less important than the level is not written")
    func level() {
        #expect(written(.logfmt, level: .warning) { $0.info("m") } == "")
    }
}
