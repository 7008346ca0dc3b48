/// How well ranked answers meet what was expected: recall at 1, 5, 10 and 50, mean reciprocal rank, and how often nothing came.
package struct RelevanceFigures: Sendable, Equatable {
    private var count = 0
    private var within: [Int: Int] = [:]
    private var reciprocals = 0.0
    private var empty = 0

    private static let depths = [1, 5, 10, 50]

    /// Nothing counted yet.
    package init() {}

    /// Counts one question.
    /// - Parameters:
    ///   - rank: the place of the expected answer, from 0; nil when it is not among the answers.
    ///   - answers: how many there were.
    package mutating func add(rank: Int?, answers: Int) {
        count += 1
        if answers == 0 { empty += 1 }
        guard let rank else { return }
        for depth in Self.depths where rank < depth { within[depth, default: 0] += 1 }
        reciprocals += 1 / Double(rank + 1)
    }

    /// How many questions were counted.
    package var questions: Int { count }
    /// The mean of the reciprocals of the ranks, 0 for what was not found.
    package var meanReciprocalRank: Double { count > 0 ? reciprocals / Double(count) : 0 }
    /// The share of questions without any answer.
    package var zeroHitRate: Double { count > 0 ? Double(empty) / Double(count) : 0 }

    /// The share of questions whose expected answer is among the first.
    /// - Parameter depth: 1, 5, 10 or 50.
    package func recall(at depth: Int) -> Double { count > 0 ? Double(within[depth] ?? 0) / Double(count) : 0 }
}
