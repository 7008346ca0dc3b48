/// What two postings of the same job have in common, as keys that the store looks up.
package struct DuplicateKeys: Sendable, Equatable {
    /// The link of application as it is compared; empty without one.
    package let link: String
    /// Title, company and place.
    package let job: String
    /// Of the description.
    package let shingles: Shingles

    /// How many of the smallest hashes the store keeps for each posting. Of two texts that resemble each other by 0.6 the
    /// smallest eight of both have one in common in all but one of 1 500 cases.
    package static let kept = 8

    /// Of a revision.
    package init(_ content: PostingContent, employerName: String) {
        link = content.applyMethod == .link ? ApplyTarget.canonicalLink(content.applyTarget) : ""
        let place =
            content.place.map { [$0.city.lowercased(), $0.state.letters] }
            ?? ["remote"] + content.statesAllowed.map(\.letters).sorted()
        let words = [Words.split(content.title), Words.split(employerName), place]
        job = words.map { $0.joined(separator: " ") }.joined(separator: "|")
        shingles = Shingles(content.description)
    }
}
