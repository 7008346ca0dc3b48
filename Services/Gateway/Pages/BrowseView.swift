import Contracts

/// The codes below a heading, as `browse.mustache` takes it.
struct BrowseView: Sendable {
    struct StepView: Sendable {
        let code: String
        let title: String
        let path: String
        let isLast: Bool
    }

    struct EntryView: Sendable {
        let code: String
        let title: String
        let pagePath: String
        let browsePath: String
        let isBillable: Bool
        let hasChildren: Bool
    }

    let system: String
    let systemName: String
    let systemPath: String
    let heading: String
    let headingCode: String
    let headingTitle: String
    let isTop: Bool
    let path: [StepView]
    let entries: [EntryView]
    let hasEntries: Bool
    let ownPagePath: String
    let hasOwnPage: Bool
    let source: SourceView?
    /// At the top of ICD-10-CM.
    let map: ChapterMap?
    let nextPath: String
    let hasNext: Bool

    init(_ reply: LookupAPI.BrowseReply, system: String, under: String, on: String) {
        self.system = system
        systemName = CodeSystem.name(of: system)
        systemPath = CodeAddress.browsePath(system: system, under: "", on: on)
        let last = reply.path.last
        isTop = under.isEmpty
        headingCode = last?.code ?? ""
        headingTitle = last?.title ?? ""
        heading = last.map { "\($0.code) \($0.title)" } ?? systemName
        path = reply.path.enumerated().map { index, step in
            StepView(
                code: step.code, title: step.title,
                path: CodeAddress.browsePath(system: system, under: step.code, on: on),
                isLast: index == reply.path.count - 1)
        }
        entries = reply.entries.map { entry in
            EntryView(
                code: entry.code, title: entry.title,
                pagePath: CodeAddress(system: system, code: entry.code, on: on).path,
                browsePath: CodeAddress.browsePath(system: system, under: entry.code, on: on),
                isBillable: entry.billable, hasChildren: entry.hasChildren)
        }
        hasEntries = !entries.isEmpty
        ownPagePath = last.map { CodeAddress(system: system, code: $0.code, on: on).path } ?? ""
        hasOwnPage = last != nil
        source = reply.source.map(SourceView.init)
        map = isTop && system == CodeSystem.icd10cm.rawValue ? ChapterMap(entries) : nil
        hasNext = !reply.nextPageToken.isEmpty
        nextPath = CodeAddress.browsePath(system: system, under: under, on: on, pageToken: reply.nextPageToken)
    }
}
