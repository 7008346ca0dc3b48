import Foundation

/// A queue with a limit, between any threads that offer and one thread that takes.
// SAFETY: `elements` and `isClosed` are touched only while `condition` is locked.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private var elements: [Element] = []
    private var isClosed = false
    private let limit: Int

    /// What became of an offer.
    package enum Offer: Sendable {
        case accepted
        case full
        case closed
    }

    /// A queue that holds at most `limit` elements.
    package init(limit: Int) {
        self.limit = limit
    }

    /// Adds an element at the end unless the queue is full or closed. Never waits.
    package func offer(_ element: Element) -> Offer {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return .closed }
        guard elements.count < limit else { return .full }
        elements.append(element)
        if elements.count == 1 { condition.signal() }
        return .accepted
    }

    /// Waits until there is something and takes up to `max` of it, oldest first; empty when the queue is closed and
    /// used up.
    package func take(max: Int) -> [Element] {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty && !isClosed { condition.wait() }
        guard elements.count > max else {
            let taken = elements
            elements = []
            return taken
        }
        let taken = Array(elements[..<max])
        elements.removeFirst(max)
        return taken
    }

    /// How many elements wait.
    package var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return elements.count
    }

    /// Refuses further offers; what is inside can still be taken.
    package func close() {
        condition.lock()
        isClosed = true
        condition.broadcast()
        condition.unlock()
    }
}
