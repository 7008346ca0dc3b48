import Jobs
import Support

/// Near-duplicates over the labelled pairs, at the threshold that the service uses, and around it.
enum DuplicateFigures {
    static func run() {
        let pairs = LabelledPairs(seed: 11).all
        for threshold in [Shingles.threshold, 0.35, 0.45, 0.65, 0.75] {
            let figures = LabelledPairs.figures(pairs) { left, right in
                Shingles(left).resemblance(Shingles(right)) >= threshold
            }
            print(
                "near-duplicates, \(pairs.count) pairs, threshold \(threshold): precision \(figures.precision), recall \(figures.recall)"
            )
        }
    }
}
