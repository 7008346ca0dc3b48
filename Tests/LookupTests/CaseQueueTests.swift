import Glibc
import RPC
import Support
import Testing

@testable import Lookup

@Suite("The queue of notes", .serialized, .timeLimit(.minutes(1)))
struct CaseQueueTests {
    /// Keeps a thread of the pool busy, as a note does, until the test lets go; never for long, for the pool has few threads.
    private static func hold(until isOpen: Shared<Bool>) {
        for _ in 0..<5_000 where !isOpen.current { usleep(1_000) }
    }

    /// Waits until something holds.
    private func until(_ holds: () -> Bool) async throws {
        while !holds() { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test(
        "One note is coded at a time, as many wait as there is room for, and the next is refused before anything is done"
    )
    func bounded() async throws {
        let queue = CaseQueue()
        let isOpen = Shared(false)
        let running = Shared((now: 0, most: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<CaseQueue.mostNotes {
                group.addTask {
                    try await queue.run {
                        running.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        Self.hold(until: isOpen)
                        running.withLock { $0.now -= 1 }
                    }
                }
            }
            try await until { queue.count == CaseQueue.mostNotes && running.current.now == 1 }
            let hasRun = Shared(false)
            let error = await #expect(throws: ServiceError.self) {
                try await queue.run { hasRun.withLock { $0 = true } }
            }
            #expect(error?.kind == .resourceExhausted)
            #expect(error?.mayHaveRun == false)
            #expect(!hasRun.current)
            isOpen.withLock { $0 = true }
            try await group.waitForAll()
        }
        #expect(running.current.most == 1)
        #expect(queue.count == 0)
        #expect(try await queue.run { 7 } == 7)
    }

    @Test("A note whose caller went away before its turn is not coded")
    func givenUp() async throws {
        let queue = CaseQueue()
        let isOpen = Shared(false)
        let hasRun = Shared(false)
        async let first: Void = queue.run { Self.hold(until: isOpen) }
        try await until { queue.count == 1 }
        let second = Task { try await queue.run { hasRun.withLock { $0 = true } } }
        try await until { queue.count == 2 }
        second.cancel()
        isOpen.withLock { $0 = true }
        try await first
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(!hasRun.current)
        #expect(queue.count == 0)
    }
}
