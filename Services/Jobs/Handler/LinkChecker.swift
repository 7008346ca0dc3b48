import Calendar

/// Looks at the links by which one applies, and reports those that are dead to the moderators.
///
/// Politely: one request at a time, a HEAD, at most one a host in a round, each link once a week; one that fails is looked
/// at again on the next days, and is reported when it was dead three days running.
struct LinkChecker: Sendable {
    /// Links of a round.
    static let batch = 20
    static let week: Int64 = 7 * 86_400
    static let day: Int64 = 86_400
    /// Days running.
    static let patience = 3

    let store: JobsStore
    let probe: LinkProbe
    let clock: WallClock

    func round() async throws {
        var hosts: Set<String> = []
        for link in try store.dueLinks(at: clock.now, limit: Self.batch) {
            guard let host = ApplyTarget.domain(of: link.target), hosts.insert(host).inserted else { continue }
            try Task.checkCancellation()
            let found = await probe.look(link.target)
            let now = clock.now
            switch found {
            case .alive:
                try await store.note(link, failures: 0, answer: "alive", due: now.adding(seconds: Self.week))
            case .unclear(let answer):
                try await store.note(
                    link, failures: link.failures, answer: answer, due: now.adding(seconds: Self.day))
            case .dead(let answer):
                let failures = link.failures + 1
                try await store.note(link, failures: failures, answer: answer, due: now.adding(seconds: Self.day))
                guard failures == Self.patience else { continue }
                try await store.report(
                    link.posting, by: Self.reporter, reason: "dead_link",
                    text: "The link to apply was dead \(Self.patience) days running: \(answer).", at: now)
            }
        }
    }

    /// Who reports; no account has this id.
    private static let reporter = "link-checker"
}
