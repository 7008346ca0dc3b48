/// Sorted byte strings in mapped bytes: the offsets of all and of the end, then the bytes.
struct StringTable: Sendable {
    private let offsets: Column<UInt32>
    private let bytes: Column<UInt8>

    /// How many there are.
    var count: Int { max(0, offsets.count - 1) }

    /// - Returns: nil when the offsets do not rise to the end of the bytes.
    init?(offsets: Column<UInt32>, bytes: Column<UInt8>) {
        guard offsets.count > 0, Int(offsets[offsets.count - 1]) == bytes.count, offsets[0] == 0 else { return nil }
        for place in 1..<max(1, offsets.count) where offsets[place] < offsets[place - 1] { return nil }
        self.offsets = offsets
        self.bytes = bytes
    }

    /// The string at a place.
    subscript(place: Int) -> [UInt8] {
        (Int(offsets[place])..<Int(offsets[place + 1])).map { bytes[$0] }
    }

    /// How many bytes the string at a place has.
    func length(_ place: Int) -> Int { Int(offsets[place + 1] - offsets[place]) }

    /// The byte at an index of the string at a place.
    @inline(__always)
    func byte(_ place: Int, _ index: Int) -> UInt8 { bytes[Int(offsets[place]) + index] }

    /// The place of a string.
    func find(_ string: [UInt8]) -> Int? {
        let place = lowerBound(string)
        return place < count && compare(place, string, prefix: false) == 0 ? place : nil
    }

    /// The places of the strings that begin with a prefix.
    func places(startingWith prefix: [UInt8]) -> Range<Int> {
        let low = lowerBound(prefix)
        var high = count
        var first = low
        while first < high {
            let middle = (first + high) / 2
            if compare(middle, prefix, prefix: true) <= 0 { first = middle + 1 } else { high = middle }
        }
        return low..<max(low, first)
    }

    /// The first place whose string is not below the given one.
    private func lowerBound(_ string: [UInt8]) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if compare(middle, string, prefix: false) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Below 0 when the string at a place is below the other; with `prefix`, 0 when it begins with the other.
    private func compare(_ place: Int, _ other: [UInt8], prefix: Bool) -> Int {
        let length = self.length(place)
        for index in 0..<min(length, other.count) {
            let difference = Int(byte(place, index)) - Int(other[index])
            if difference != 0 { return difference }
        }
        return prefix && length >= other.count ? 0 : length - other.count
    }
}
