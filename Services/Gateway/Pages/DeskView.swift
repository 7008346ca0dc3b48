import Contracts

/// What a reader keeps about codes, as `desk.mustache` takes it.
struct DeskView: Sendable {
    struct MarkView: Sendable {
        let code: String
        let systemName: String
        let path: String
        let isFavourite: Bool
        let isWatched: Bool
        let note: String?
        let changedAt: String
        let markedCode: String
    }

    struct ViewedView: Sendable {
        let code: String
        let systemName: String
        let path: String
        let at: String
    }

    struct SearchedView: Sendable {
        let text: String
        let path: String
    }

    let sections = AccountSection.desk.navigation
    let csrf: String
    let next = AccountSection.desk.path
    let notice: String?
    let problem: String?
    let marks: [MarkView]
    let hasMarks: Bool
    let viewed: [ViewedView]
    let hasViewed: Bool
    let keepsSearches: Bool
    let searches: [SearchedView]
    let hasSearches: Bool

    init(_ desk: DeskAPI.DeskContent, csrf: String, done: DoneNotice?, problem: String? = nil) {
        self.csrf = csrf
        notice = done?.text
        self.problem = problem
        marks = desk.codes.compactMap { mark in
            guard let address = CodeAddress(item: mark.code) else { return nil }
            return MarkView(
                code: address.code, systemName: CodeSystem.name(of: address.system), path: address.path,
                isFavourite: mark.favourite, isWatched: mark.watched, note: mark.note.isEmpty ? nil : mark.note,
                changedAt: UTCInstant(mark.changedAt)?.words ?? mark.changedAt, markedCode: mark.code)
        }
        hasMarks = !marks.isEmpty
        viewed = desk.viewed.compactMap { view in
            guard let address = CodeAddress(item: view.code) else { return nil }
            return ViewedView(
                code: address.code, systemName: CodeSystem.name(of: address.system), path: address.path,
                at: UTCInstant(view.at)?.words ?? view.at)
        }
        hasViewed = !viewed.isEmpty
        keepsSearches = desk.keepsSearches
        searches = desk.searches.map { SearchedView(text: $0, path: "/search" + PercentCoding.query([("q", $0)])) }
        hasSearches = !searches.isEmpty
    }
}
