/// What a code set lost, gained and reworded between two days.
struct EditionDifference: Sendable, Equatable {
    /// One code.
    struct Entry: Sendable, Equatable {
        enum Kind: String, Sendable, CaseIterable {
            case added, revised, deleted
        }

        var kind: Kind
        var code: String
        /// The title on the later day; of a deleted code the one on the earlier day.
        var title: String
        /// The title before, of a revised code.
        var oldTitle = ""
        /// Of a revised code, in both titles.
        var words: TextDifference?
        /// Of a deleted code.
        var replacements: [Replacement] = []
    }

    /// How a code's two standings compare.
    ///
    /// - Parameters:
    ///   - before: on the earlier day; nil when it was not valid then.
    ///   - after: on the later day; nil when it is not valid then.
    static func compare(_ before: Listing?, _ after: Listing?) -> Entry? {
        switch (before, after) {
        case (nil, nil): return nil
        case (nil, let after?):
            return after.billable ? Entry(kind: .added, code: after.code, title: after.title) : nil
        case (let before?, nil):
            return before.billable ? Entry(kind: .deleted, code: before.code, title: before.title) : nil
        case (let before?, let after?):
            if before.billable != after.billable {
                return Entry(
                    kind: after.billable ? .added : .deleted, code: after.code,
                    title: after.billable ? after.title : before.title)
            }
            guard let change = before.wording.change(to: after.wording) else { return nil }
            return Entry(
                kind: .revised, code: after.code, title: change.new, oldTitle: change.old,
                words: TextDifference(from: change.old, to: change.new))
        }
    }
}
