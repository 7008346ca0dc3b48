import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Support
import Testing

@testable import Gateway

@Suite("Streams of events")
struct EventLogTests {
    /// Keeps what is written.
    private struct Writer: ResponseBodyWriter {
        let text: Shared<String>

        mutating func write(_ buffer: ByteBuffer) async throws { text.withLock { $0 += String(buffer: buffer) } }
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    private func event(_ name: String, _ data: String) -> EventLog.Event {
        EventLog.Event(name: name, data: Array(data.utf8))
    }

    private func read(
        _ log: EventLog, from start: Int = 0, heartbeat: Duration = .seconds(600),
        into text: Shared<String> = Shared("")
    ) async throws -> String {
        var writer: any ResponseBodyWriter = Writer(text: text)
        try await log.write(to: &writer, from: start, token: "t", heartbeat: heartbeat)
        return text.withLock { $0 }
    }

    @Test("Events come with ids, in their order, to the end")
    func order() async throws {
        let log = EventLog(maximumBytes: 100)
        #expect(log.append(event("step", #"{"tool":"search"}"#)))
        #expect(log.append(event("done", "{}")))
        log.end(nil)
        let text = try await read(log)
        #expect(
            text == "retry: 2000\n\nid: t.0\nevent: step\ndata: {\"tool\":\"search\"}\n\n"
                + "id: t.1\nevent: done\ndata: {}\n\n")
        #expect(try await read(log, from: 1).hasPrefix("retry: 2000\n\nid: t.1\n"))
        #expect(try await read(log, from: 2) == "retry: 2000\n\n")
    }

    @Test("A reader that waits gets events as they come, and comments while nothing does")
    func waiting() async throws {
        let log = EventLog(maximumBytes: 1_000)
        let sofar = Shared("")
        async let text = read(log, heartbeat: .milliseconds(5), into: sofar)
        while !sofar.current.contains(": still here\n\n") { try await Task.sleep(for: .milliseconds(5)) }
        _ = log.append(event("sentence", "1"))
        log.end(nil)
        let all = try await text
        #expect(all.contains(": still here\n\n"))
        #expect(all.contains("id: t.0\nevent: sentence\ndata: 1\n\n"))
    }

    @Test("Two readers of one stream both get all of it")
    func two() async throws {
        let log = EventLog(maximumBytes: 10_000)
        async let first = read(log)
        async let second = read(log)
        for number in 0..<50 {
            _ = log.append(event("step", "\(number)"))
            if number % 7 == 0 { try await Task.sleep(for: .milliseconds(1)) }
        }
        log.end(nil)
        let texts = try await (first, second)
        #expect(texts.0 == texts.1 && texts.0.contains("id: t.49\n"))
    }

    @Test("A failure before the first event is the call's, one after it is an event with a problem")
    func failures() async throws {
        let failure = ServiceFailure(service: .assistant, error: ServiceError(.invalidArgument, "Ask something."))
        let early = EventLog(maximumBytes: 100)
        early.end(failure)
        #expect(await early.failureBeforeFirstEvent() as? ServiceFailure == failure)
        let late = EventLog(maximumBytes: 100)
        _ = late.append(event("step", "{}"))
        late.end(failure, requestID: "r-1")
        #expect(await late.failureBeforeFirstEvent() == nil)
        let text = try await read(late)
        #expect(text.contains("event: error\ndata: {") && text.contains(#""code":"INVALID_ARGUMENT""#))
        #expect(text.contains(#""requestId":"r-1""#))
    }

    @Test("A log that is full takes nothing more")
    func full() {
        let log = EventLog(maximumBytes: 4)
        #expect(log.append(event("a", "1234")))
        #expect(!log.append(event("a", "5")))
    }
}
