/// The phrases of a clause that may name a condition: runs of words between commas, brackets and the words that only hold a
/// sentence together. They are asked of the search index where no wording of it stands whole in the clause.
enum CasePhrases {
    /// Shorter runs are found as wordings or not at all; longer ones are sentences.
    private static let lengths = 2...7

    /// Places of the clause's words.
    static func runs(of clause: CaseText.Clause) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        func close(at end: Int) {
            // "of" and "in" hold a phrase together but begin and end none.
            var first = start
            var last = end
            while first < last, joints.contains(clause.words[first].folded) { first += 1 }
            while last > first, joints.contains(clause.words[last - 1].folded) { last -= 1 }
            let telling = clause.words[first..<last].count { !joints.contains($0.folded) }
            if lengths.contains(telling) { runs.append(first..<last) }
        }
        for (place, word) in clause.words.enumerated() {
            if clause.breaks.contains(place) {
                close(at: place)
                start = place
            }
            if separators.contains(word.folded) {
                close(at: place)
                start = place + 1
            }
        }
        close(at: clause.words.count)
        return runs
    }

    private static let joints: Set<String> = ["of", "in", "on", "the", "a", "an", "to", "at", "by", "from"]

    private static let separators: Set<String> = Set(
        """
        and or was were is are be been being has had have having who whom which that this these those it its he she they his
        her their there with without showed shows showing revealed reveals revealing presented presents presenting present
        patient due associated after before during since because for as but if then when while than between through under
        over about into not no denied denies compatible suggestive suggesting consistent diagnosis diagnosed diagnoses
        history found finding findings observed observing performed treated treatment underwent developed developing
        reported reports noted admitted referred evaluated described detected confirmed confirming ruled out requiring
        required including caused causing following followed given received started began appeared appearing evidence
        year years old month months day days week weeks hour hours later ago man woman male female case we our i
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
