import HeapModule
package import NIOCore

/// Calls that wait for their turn, at most so many: the one with the nearest deadline goes first, of equal ones that which came first.
package struct CallQueue<Element> {
    private struct Entry: Comparable {
        var deadline: NIODeadline
        var number: UInt64
        var element: Element

        static func < (left: Entry, right: Entry) -> Bool {
            left.deadline == right.deadline ? left.number < right.number : left.deadline < right.deadline
        }

        static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
    }

    private let limit: Int
    private var entries: Heap<Entry> = []
    private var number: UInt64 = 0
    /// Entries whose call has ended while it waited; they are skipped when their turn comes.
    private var dead = 0

    package init(limit: Int) { self.limit = limit }

    /// Calls that wait.
    package var count: Int { entries.count - dead }

    package var isFull: Bool { count >= limit }

    /// Adds a call; ask `isFull` first.
    ///
    /// - Complexity: O(log count).
    package mutating func insert(_ element: Element, deadline: NIODeadline) {
        number += 1
        entries.insert(Entry(deadline: deadline, number: number, element: element))
    }

    /// The next call in order, also one whose deadline has passed.
    package mutating func next(isDead: (Element) -> Bool) -> (element: Element, deadline: NIODeadline)? {
        while let entry = entries.popMin() {
            guard isDead(entry.element) else { return (entry.element, entry.deadline) }
            dead -= 1
        }
        return nil
    }

    /// A waiting call has ended. When most are of that kind they are swept out, so that calls that were cancelled hold no memory for long.
    package mutating func buried(isDead: (Element) -> Bool) {
        dead += 1
        guard dead > 16, dead > entries.count / 2 else { return }
        entries = Heap(entries.unordered.filter { !isDead($0.element) })
        dead = 0
    }
}
