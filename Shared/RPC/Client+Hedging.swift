import NIOCore
import Synchronization

/// A second copy of a read that takes long, to another server.
extension Client {
    /// The outcome of a call, or the reply of its copy when that comes first.
    func outcome(
        of first: ClientCall, after wait: Duration, on pool: ClientPool
    ) async -> (ClientCall.Outcome, Endpoint?) {
        await withTaskGroup(of: (isCopy: Bool, ended: (ClientCall.Outcome, Endpoint?)?).self) { tasks in
            tasks.addTask { (false, await self.outcome(of: first, on: pool)) }
            tasks.addTask {
                do { try await Task.sleep(for: wait) } catch { return (true, nil) }
                guard let copy = await self.copy(of: first, on: pool) else { return (true, nil) }
                return (true, await self.outcome(of: copy, on: pool))
            }
            defer { tasks.cancelAll() }
            for await (isCopy, ended) in tasks {
                guard let ended else { continue }
                if case .reply = ended.0 { return ended }
                // A copy that fails changes nothing; when the first fails, retries are next.
                if !isCopy { return ended }
            }
            return (.failed(.ended(ServiceError(.cancelled, "the caller was cancelled"))), nil)
        }
    }

    /// The same call for another server; nil when there is none, when it has ended, or when the budget is used up.
    private func copy(of first: ClientCall, on pool: ClientPool) async -> ClientCall? {
        let copy = pool.loop.submit { () -> ClientCall? in
            guard !first.isEnded, let slot = first.sent?.slot, slot.hasElsewhere else { return nil }
            guard self.budget.withLock({ $0.take(at: .now()) }) else { return nil }
            return ClientCall(
                method: first.method, options: first.options, message: first.message, deadline: first.deadline,
                attempt: first.attempt + 1, avoiding: slot.endpoint)
        }
        // try?: a loop that is shut down sends no copy.
        guard let copy = await (try? copy.get()) ?? nil else { return nil }
        hedges.add(1, ordering: .relaxed)
        return copy
    }
}
