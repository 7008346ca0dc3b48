/// What changed between two wordings of a title, word by word.
struct TextDifference: Sendable, Equatable {
    /// Unicode scalars from the start of the old wording that the new one has not.
    let removed: [Range<Int>]
    /// Unicode scalars from the start of the new wording that the old one had not.
    let added: [Range<Int>]

    /// Longer wordings are marked whole: the comparison grows with the product of the two counts of words.
    private static let mostWords = 600

    /// Finds the longest common sequence of words.
    /// - Complexity: words of the one times words of the other, at most `mostWords` each.
    init(from old: String, to new: String) {
        let before = Self.words(old)
        let after = Self.words(new)
        guard before.count <= Self.mostWords, after.count <= Self.mostWords else {
            removed = [0..<old.unicodeScalars.count]
            added = [0..<new.unicodeScalars.count]
            return
        }
        let width = after.count + 1
        var lengths = [Int](repeating: 0, count: (before.count + 1) * width)
        for row in before.indices.reversed() {
            for column in after.indices.reversed() {
                lengths[row * width + column] =
                    before[row].text == after[column].text
                    ? lengths[(row + 1) * width + column + 1] + 1
                    : max(lengths[(row + 1) * width + column], lengths[row * width + column + 1])
            }
        }
        var removed: [Range<Int>] = []
        var added: [Range<Int>] = []
        var row = 0
        var column = 0
        while row < before.count || column < after.count {
            if row < before.count, column < after.count, before[row].text == after[column].text {
                row += 1
                column += 1
            } else if column == after.count
                || row < before.count
                    && lengths[(row + 1) * width + column] >= lengths[row * width + column + 1]
            {
                Self.append(before[row].place, to: &removed)
                row += 1
            } else {
                Self.append(after[column].place, to: &added)
                column += 1
            }
        }
        self.removed = removed
        self.added = added
    }

    /// Words that follow each other make one range, the blank between them included.
    private static func append(_ place: Range<Int>, to ranges: inout [Range<Int>]) {
        if let last = ranges.last, last.upperBound + 1 == place.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound..<place.upperBound
        } else {
            ranges.append(place)
        }
    }

    private static func words(_ text: String) -> [(text: Substring, place: Range<Int>)] {
        var words: [(text: Substring, place: Range<Int>)] = []
        let scalars = text.unicodeScalars
        var start: (index: String.Index, place: Int)?
        var place = 0
        for index in scalars.indices {
            if scalars[index].properties.isWhitespace {
                if let begun = start {
                    words.append((text[begun.index..<index], begun.place..<place))
                }
                start = nil
            } else if start == nil {
                start = (index, place)
            }
            place += 1
        }
        if let begun = start {
            words.append((text[begun.index...], begun.place..<place))
        }
        return words
    }
}
