import NIOCore

/// A clock that stands still but for what is scheduled, in the order of time and then of scheduling.
final class SimulatedTime {
    private struct Entry {
        var at: NIODeadline
        var number: Int
        var body: () -> Void
    }

    private(set) var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    /// A binary heap, the earliest first.
    private var heap: [Entry] = []
    private var scheduled = 0

    func schedule(at time: NIODeadline, _ body: @escaping () -> Void) {
        heap.append(Entry(at: max(time, now), number: scheduled, body: body))
        scheduled += 1
        var child = heap.count - 1
        while child > 0, isBefore(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    func schedule(in delay: TimeAmount, _ body: @escaping () -> Void) { schedule(at: now + delay, body) }

    /// Runs everything until nothing is scheduled; false when it does not come to an end.
    func run() -> Bool {
        for _ in 0..<2_000_000 {
            guard let next = pop() else { return true }
            now = next.at
            next.body()
        }
        return false
    }

    private func pop() -> Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
                least = child
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].number) < (heap[right].at, heap[right].number)
    }
}
