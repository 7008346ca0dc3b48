/// The first `limit` positions of many, in one pass and without sorting all.
struct Heap {
    /// A heap whose root is the last of those kept.
    private var kept: [BoardPosition] = []
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        kept.reserveCapacity(limit)
    }

    /// Whether it is full, and a position with these numbers comes after all that it keeps, whatever its id.
    func isBeyond(key: Int64, publishedAt: Int64) -> Bool {
        guard kept.count == limit, let last = kept.first else { return false }
        return key < last.key || (key == last.key && publishedAt < last.publishedAt)
    }

    mutating func offer(_ position: BoardPosition) {
        if kept.count < limit {
            kept.append(position)
            rise(kept.count - 1)
        } else if position < kept[0] {
            kept[0] = position
            sink()
        }
    }

    func sorted() -> [BoardPosition] { kept.sorted() }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0, kept[(index - 1) / 2] < kept[index] {
            kept.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var last = index
            for child in [2 * index + 1, 2 * index + 2] where child < kept.count && kept[last] < kept[child] {
                last = child
            }
            if last == index { return }
            kept.swapAt(index, last)
            index = last
        }
    }
}
