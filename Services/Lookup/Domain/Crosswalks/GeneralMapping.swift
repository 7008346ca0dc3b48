/// One row of the General Equivalence Mappings: a code of one ICD revision and what it comes to in the other.
package struct GeneralMapping: Sendable, Hashable {
    /// Canonical forms, with their dots.
    package var source: String
    /// Empty: there is no equivalent.
    package var target: String
    /// The two codes do not mean quite the same.
    package var isApproximate: Bool
    /// Nothing in the other revision comes near.
    package var hasNoMap: Bool
    /// One code becomes several, which are reported together.
    package var isCombination: Bool
    /// Of a combination: which of several ways of combining, from 1; otherwise 0.
    package var scenario: Int
    /// Of a combination: from which list of the scenario one code is taken, from 1; otherwise 0.
    package var choiceList: Int

    /// Names the parts.
    package init(
        source: String, target: String, isApproximate: Bool, hasNoMap: Bool, isCombination: Bool, scenario: Int,
        choiceList: Int
    ) {
        self.source = source
        self.target = target
        self.isApproximate = isApproximate
        self.hasNoMap = hasNoMap
        self.isCombination = isCombination
        self.scenario = scenario
        self.choiceList = choiceList
    }
}
