/// The power of two choices: of two servers taken at random, the cheaper one. It spreads calls almost as well as always taking the
/// cheapest (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001), and clients that know the same figures do
/// not all run to the same server.
package enum Balancer {
    /// The index of the server for the next call; nil when none can take it.
    ///
    /// - Complexity: O(count), without allocation.
    package static func choose(
        of count: Int, where canTake: (Int) -> Bool, cost: (Int) -> Double,
        using generator: inout some RandomNumberGenerator
    ) -> Int? {
        // Two at random of those that can, in one pass (reservoir sampling).
        var first: Int?
        var second: Int?
        var seen = 0
        for index in 0..<count where canTake(index) {
            seen += 1
            if seen == 1 {
                first = index
            } else if seen == 2 {
                second = index
            } else {
                switch Int.random(in: 0..<seen, using: &generator) {
                case 0: first = index
                case 1: second = index
                default: break
                }
            }
        }
        guard let first, let second else { return first }
        let costs = (cost(first), cost(second))
        if costs.0 == costs.1 { return Bool.random(using: &generator) ? first : second }
        return costs.0 < costs.1 ? first : second
    }
}
