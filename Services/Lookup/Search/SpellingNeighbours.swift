/// Terms that a misspelled word may stand for.
enum SpellingNeighbours {
    /// Shorter words have neighbours that mean something else.
    private static let shortest = 4
    /// From this length on two slips are allowed.
    private static let longForTwo = 7
    private static let most = 3

    /// Terms one slip away (a letter too many, missing, wrong, or two swapped); when there is none, of long words those two
    /// slips away that begin with the same letter. The commonest first.
    ///
    /// - Complexity: looks at the terms of about the same length, some thousand; about a millisecond at worst.
    static func of(_ word: String, in file: SearchFile) -> [SearchPlan.Member] {
        let bytes = Array(word.utf8)
        guard bytes.count >= shortest, bytes.count <= 40, !bytes.contains(where: isDigit) else { return [] }
        let same = file.lexicon.places(startingWith: [bytes[0]])
        for (places, slips, factor) in [(same, 1, Float(0.8)), (0..<file.lexicon.count, 1, 0.75), (same, 2, 0.6)]
        where slips == 1 || bytes.count >= longForTwo {
            let found = places.filter { isNear($0, bytes, slips, file) }
                .sorted { (file.terms[$1].count, $0) < (file.terms[$0].count, $1) }
            if !found.isEmpty { return found.prefix(most).map { .init(term: $0, factor: factor) } }
        }
        return []
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private static func isNear(_ place: Int, _ word: [UInt8], _ slips: Int, _ file: SearchFile) -> Bool {
        guard abs(file.lexicon.length(place) - word.count) <= slips, file.lexicon.length(place) >= shortest - 1 else {
            return false
        }
        if slips == 1 { return isOneSlip(word, place, file) }
        return distance(word, file.lexicon[place], atMost: slips) <= slips
    }

    /// Whether what differs, without the common beginning and end, is one letter or two swapped ones.
    private static func isOneSlip(_ word: [UInt8], _ place: Int, _ file: SearchFile) -> Bool {
        let length = file.lexicon.length(place)
        let shorter = min(length, word.count)
        var head = 0
        while head < shorter, word[head] == file.lexicon.byte(place, head) { head += 1 }
        var tail = 0
        while tail < shorter - head, word[word.count - 1 - tail] == file.lexicon.byte(place, length - 1 - tail) {
            tail += 1
        }
        let left = word.count - head - tail
        let right = length - head - tail
        if left == 2, right == 2 {
            return word[head] == file.lexicon.byte(place, head + 1) && word[head + 1] == file.lexicon.byte(place, head)
        }
        return left <= 1 && right <= 1
    }

    /// The least number of letters added, dropped, changed or swapped with their neighbour, each letter touched once.
    ///
    /// - Returns: a number above the limit as soon as it is known to be above it.
    static func distance(_ left: [UInt8], _ right: [UInt8], atMost limit: Int) -> Int {
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        var row = above
        for i in 1...max(1, left.count) where !left.isEmpty {
            row[0] = i
            var least = i
            for j in 1...max(1, right.count) where !right.isEmpty {
                let same = left[i - 1] == right[j - 1]
                row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], before[j - 2] + 1)
                }
                least = min(least, row[j])
            }
            if least > limit + 1 { return limit + 1 }
            (before, above, row) = (above, row, before)
        }
        return above[right.count]
    }
}
