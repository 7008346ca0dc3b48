/// A set of slots of the board, one bit each.
struct Bitmap: Sendable, Equatable {
    private(set) var words: [UInt64] = []

    init() {}

    /// The slots `0 ..< count`.
    init(full count: Int) {
        words = Array(repeating: .max, count: count / 64)
        if count % 64 > 0 { words.append((1 << UInt64(count % 64)) - 1) }
    }

    /// The slots, in any order, below `count`.
    init(_ slots: some Sequence<UInt32>, count: Int) {
        words = Array(repeating: 0, count: (count + 63) / 64)
        for slot in slots { words[Int(slot >> 6)] |= 1 << UInt64(slot & 63) }
    }

    /// The slots below `count` for which `holds` is true.
    init(count: Int, where holds: (Int) -> Bool) {
        words = Array(repeating: 0, count: (count + 63) / 64)
        for slot in 0..<count where holds(slot) { words[slot >> 6] |= 1 << UInt64(slot & 63) }
    }

    subscript(slot: Int) -> Bool {
        get { slot >> 6 < words.count && words[slot >> 6] & (1 << UInt64(slot & 63)) != 0 }
        set {
            while words.count <= slot >> 6 { words.append(0) }
            if newValue {
                words[slot >> 6] |= 1 << UInt64(slot & 63)
            } else {
                words[slot >> 6] &= ~(1 << UInt64(slot & 63))
            }
        }
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    mutating func formIntersection(_ other: Bitmap) {
        if words.count > other.words.count { words.removeLast(words.count - other.words.count) }
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func formUnion(_ other: Bitmap) {
        while words.count < other.words.count { words.append(0) }
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    /// How many slots are in both.
    func intersectionCount(_ other: Bitmap) -> Int {
        var count = 0
        for index in 0..<min(words.count, other.words.count) {
            count += (words[index] & other.words[index]).nonzeroBitCount
        }
        return count
    }

    /// Every slot, ascending.
    func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var rest = word
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
