import Calendar
import Contracts
import RPC
import Support
import Testing

@testable import Jobs

@Suite("Links of application")
struct LinkTests {
    @Test(
        "What a server says decides whether a link is alive, dead, or nobody can tell",
        arguments: [
            (200, LinkProbe.Finding.alive), (204, .alive), (302, .alive), (401, .alive), (405, .alive),
            (404, .dead("HTTP 404")), (410, .dead("HTTP 410")), (403, .unclear("HTTP 403")),
            (429, .unclear("HTTP 429")),
            (500, .unclear("HTTP 500")),
        ] as [(Int, LinkProbe.Finding)])
    func statuses(status: Int, finding: LinkProbe.Finding) { #expect(LinkProbe.finding(ofStatus: status) == finding) }

    @Test(
        "The desk never knocks at its own network's doors",
        arguments: [
            "https://localhost.localdomain/", "https://127.0.0.1/x", "http://example.org/", "https://user@example.org/",
            "ftp://example.org",
        ])
    func ownNetwork(link: String) async {
        let finding = await LinkProbe(origin: "https://desk.example").look(link)
        guard case .dead = finding else {
            Issue.record("\(link): \(finding)")
            return
        }
    }

    @Test(
        "Special addresses are not public",
        arguments: [
            ([127, 0, 0, 1], false), ([10, 1, 2, 3], false), ([172, 31, 0, 1], false), ([172, 32, 0, 1], true),
            ([192, 168, 1, 1], false),
            ([169, 254, 169, 254], false), ([100, 64, 0, 1], false), ([0, 0, 0, 0], false), ([224, 0, 0, 1], false),
            ([8, 8, 8, 8], true),
            ([198, 51, 100, 7], false), ([203, 0, 113, 7], false), ([203, 0, 114, 7], true),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1], false),
            ([0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], true),
            ([0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], false),
        ] as [([UInt8], Bool)])
    func addresses(bytes: [UInt8], isPublic: Bool) { #expect(PublicAddress(bytes: bytes).isPublic == isPublic) }

    @Test("A link that is dead three days running is reported once; looked at before, it waits for its day")
    func patience() async throws {
        let desk = try await JobsDesk()
        var content = desk.content()
        content.applyMethod = "link"
        // A name that no resolver knows (RFC 6761).
        content.applyTarget = "https://jobs.invalid/17"
        let job = try await desk.published(try await desk.employer(), content)
        let clock = desk.clock
        let checker = LinkChecker(
            store: desk.store, probe: LinkProbe(origin: "https://desk.example"), clock: WallClock { clock.current })
        func reports() async throws -> [String] {
            try await desk.moderation.listModeration(
                ModerationAPI.ListModerationRequest(), options: desk.by("moderator")
            ).reports.map { "\($0.jobId) \($0.reason)" }
        }
        for day in 1...5 {
            try await checker.round()
            try await checker.round()
            #expect(try await reports() == (day < 3 ? [] : ["\(job.id) dead_link"]), "day \(day)")
            desk.advance(days: 1)
        }
    }

    @Test("Links are compared without what trackers and habits add")
    func canonical() {
        let plain = ApplyTarget.canonicalLink("https://clinic.example/jobs?id=7")
        for link in [
            "https://www.Clinic.example/jobs?id=7", "https://clinic.example/jobs?utm_source=a&id=7&gclid=x",
            "https://clinic.example/jobs?id=7#apply",
        ] { #expect(ApplyTarget.canonicalLink(link) == plain) }
        #expect(ApplyTarget.canonicalLink("https://clinic.example/jobs?id=8") != plain)
    }
}
