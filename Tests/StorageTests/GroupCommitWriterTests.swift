import Dispatch
import GRDB
import Storage
import Synchronization
import Testing

@Suite struct GroupCommitWriterTests {
    private struct Refused: Error {}

    @Test func `writes that wait together share a commit`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let held = hold(store)
        let count = 100
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count { group.addTask { try await store.insert(Int64(number)) } }
            try await release(held)
            try await group.waitForAll()
        }
        #expect(try store.numbers().count == count)
        // One for the write that held the thread; the others came while it was held.
        #expect(store.writer.statistics.commits <= 3)
        #expect(store.writer.statistics.writes == count + 1)
        try store.close()
    }

    @Test func `a write that throws undoes only itself`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let held = hold(store)
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for number in 0..<30 {
                group.addTask {
                    do {
                        try await store.writer.write { database in
                            try database.run("INSERT INTO numbers VALUES (?, '')", [.integer(Int64(number))])
                            if number % 3 == 0 { throw Refused() }
                        }
                        return (number, true)
                    } catch {
                        #expect(error is Refused)
                        return (number, false)
                    }
                }
            }
            held.signal()
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for number in 0..<30 { #expect(outcomes[number] == (number % 3 != 0)) }
        #expect(try store.numbers() == (0..<30).filter { $0 % 3 != 0 }.map(Int64.init))
        try store.close()
    }

    @Test func `a broken constraint is an error of its own kind`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        try await store.insert(1)
        let error = await #expect(throws: StorageError.self) { try await store.insert(1) }
        #expect(error?.kind == .constraint)
        try await store.insert(2)
        #expect(try store.numbers() == [1, 2])
        try store.close()
    }

    @Test func `a full disk fails clearly and the writer lives on`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open { $0.pageLimit = 40 }
        let text = String(repeating: "x", count: 3_000)
        var acknowledged: [Int64] = []
        var failure: StorageError?
        for number in 1...100 {
            do {
                try await store.insert(Int64(number), text: text)
                acknowledged.append(Int64(number))
            } catch let error as StorageError {
                failure = error
                break
            }
        }
        #expect(failure?.kind == .full)
        #expect(failure?.mayHaveRun == false)
        #expect(try store.numbers() == acknowledged)
        try await store.writer.write { try $0.run("DELETE FROM numbers WHERE number <= 10") }
        try await store.insert(1_000, text: text)
        #expect(try store.numbers().last == 1_000)
        try store.check()
        try store.close()
    }

    @Test func `when the transaction is lost, every write of the batch fails and the next batch works`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let held = hold(store)
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await store.writer.write { database in
                            try database.run("INSERT INTO numbers VALUES (?, '')", [.integer(Int64(number))])
                            // What SQLite does by itself after some input/output errors.
                            if number == 10 {
                                try database.run("ROLLBACK")
                                throw DatabaseError(resultCode: .SQLITE_IOERR, message: "disk I/O error")
                            }
                        }
                        return false
                    } catch {
                        return (error as? StorageError)?.kind == .inputOutput
                    }
                }
            }
            do { try await release(held) } catch { Issue.record(error) }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 20)
        #expect(try store.numbers() == [])
        try await store.insert(1)
        #expect(try store.numbers() == [1])
        try store.close()
    }

    @Test func `a full queue refuses at once`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open { $0.queueLimit = 4 }
        let held = hold(store)
        let answers = Mutex([Bool]())
        let done = DispatchSemaphore(value: 0)
        for number in 0..<10 {
            store.writer.submit { database in
                try database.run("INSERT INTO numbers VALUES (?, '')", [.integer(Int64(number))])
            } completion: { result in
                if case .failure(let error) = result {
                    #expect((error as? StorageError)?.kind == .overloaded)
                    answers.withLock { $0.append(false) }
                } else {
                    answers.withLock { $0.append(true) }
                }
                done.signal()
            }
        }
        #expect(answers.withLock { $0.count } == 6)
        held.signal()
        await wait(for: done, times: 10)
        #expect(answers.withLock { $0.filter { $0 }.count } == 4)
        #expect(try store.numbers() == [0, 1, 2, 3])
        try store.close()
    }

    @Test func `a cancelled write that has not begun is dropped`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let held = hold(store)
        let task = Task { try await store.insert(1) }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        held.signal()
        try await store.insert(2)
        #expect(try store.numbers() == [2])
        try store.close()
    }

    @Test func `a write that has begun is finished although its task is cancelled`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let begun = DispatchSemaphore(value: 0)
        let goOn = DispatchSemaphore(value: 0)
        let task = Task {
            try await store.writer.write { database in
                begun.signal()
                goOn.wait()
                try database.run("INSERT INTO numbers VALUES (1, '')")
                return 42
            }
        }
        await wait(for: begun, times: 1)
        task.cancel()
        goOn.signal()
        #expect(try await task.value == 42)
        #expect(try store.numbers() == [1])
        try store.close()
    }

    @Test func `a write by a cancelled task is never begun`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await store.insert(1)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try store.numbers() == [])
        try store.close()
    }

    @Test func `closing finishes what waits`() async throws {
        let folder = try StoreFolder()
        let store = try folder.open()
        let answered = DispatchSemaphore(value: 0)
        for number in 0..<50 {
            store.writer.submit { database in
                try database.run("INSERT INTO numbers VALUES (?, '')", [.integer(Int64(number))])
            } completion: { _ in
                answered.signal()
            }
        }
        try store.close()
        await wait(for: answered, times: 50)
        let again = try folder.open()
        #expect(try again.numbers().count == 50)
        try again.close()
    }

    /// Keeps the writer's thread busy until the semaphore is signalled, so that writes gather behind it.
    private func hold(_ store: Store) -> DispatchSemaphore {
        let begun = DispatchSemaphore(value: 0)
        let held = DispatchSemaphore(value: 0)
        store.writer.submit { _ in
            begun.signal()
            held.wait()
        } completion: { _ in
        }
        begun.wait()
        return held
    }

    /// Gives the tasks time to queue their writes, then lets the thread go.
    private func release(_ held: DispatchSemaphore) async throws {
        try await Task.sleep(for: .milliseconds(200))
        held.signal()
    }

    private func wait(for semaphore: DispatchSemaphore, times: Int) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                for _ in 0..<times { semaphore.wait() }
                continuation.resume()
            }
        }
    }
}
