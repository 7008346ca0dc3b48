import Contracts
import Jobs
import RPC
import Testing

@Suite("An employer's own feed")
struct FeedTests {
    private func xml(_ jobs: [(id: String, title: String, days: String)]) -> [UInt8] {
        let items = jobs.map { job in
            """
            <job><referencenumber>\(job.id)</referencenumber><title><![CDATA[\(job.title)]]></title>
            <description><![CDATA[<p>\(job.title): you code charts of <b>the clinic</b> &amp; its sites, \
            write queries and keep your accuracy.</p><ul><li>Number \(job.id) of our jobs</li></ul><script>alert(1)</script>]]></description>
            <credentials>CPC</credentials><remotetype>Fully remote</remotetype><jobtype>fulltime</jobtype>
            <salarymin>28.50</salarymin><salarymax>34</salarymax><salaryunit>hourly</salaryunit>
            <url>https://clinic.example/jobs/\(job.id)</url><expirationdate>\(job.days)</expirationdate></job>
            """
        }
        return Array("<?xml version=\"1.0\"?><source>\(items.joined())</source>".utf8)
    }

    private func take(_ desk: JobsDesk, _ employer: EmployerID, _ feed: [UInt8], dry: Bool = false) async throws
        -> EmployersAPI.FeedReport
    {
        try await desk.employers.importFeed(
            EmployersAPI.ImportFeedRequest(id: employer.text, feed: feed, dryRun: dry), options: desk.by("owner"))
    }

    @Test("New jobs are submitted, the same feed again changes nothing, a changed job is revised, a missing one closed")
    func lifeOfAFeed() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let feed = xml([("a1", "Inpatient Coder", "2026-12-20"), ("a2", "Auditor of outpatient claims", "2026-12-20")])
        let dry = try await take(desk, employer, feed, dry: true)
        #expect(dry.created == 2)
        let first = try await take(desk, employer, feed)
        #expect(first.created == 2 && first.refusedTotal == 0, "\(first)")
        let queue = try await desk.moderation.listModeration(
            ModerationAPI.ListModerationRequest(), options: desk.by("moderator"))
        #expect(queue.submitted.count == 2)
        let content = try #require(queue.submitted.first { $0.content?.title == "Inpatient Coder" }?.content)
        #expect(
            content.workplace == "remote" && content.salary?.minimumCents == 2_850 && content.salary?.unit == "hour")
        #expect(content.description.contains("charts of the clinic & its sites"))
        #expect(!content.description.contains("alert"))
        for job in queue.submitted {
            _ = try await desk.moderation.moderateJob(
                ModerationAPI.ModerateJobRequest(id: job.id, verdict: "approve", revision: 1),
                options: desk.by("moderator"))
        }
        let again = try await take(desk, employer, feed)
        #expect(again.unchanged == 2 && again.created == 0 && again.changed == 0)
        let changed = try await take(
            desk, employer,
            xml([("a1", "Inpatient Coder, nights", "2026-12-20")]))
        #expect(changed.changed == 1 && changed.closed == 1)
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 1)
        // What comes back is opened again, with no second posting.
        let back = try await take(desk, employer, feed)
        #expect(back.changed == 2 && back.created == 0)
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 2)
    }

    @Test("A job that cannot be taken is in the report with its field; the others are taken")
    func report() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let feed = xml([
            ("b1", "Inpatient Coder", "2026-12-20"), ("b1", "Twice", "2026-12-20"), ("", "No id", "2026-12-20"),
            ("b4", "Over already", "2026-01-01"), ("b5", "Inpatient Coder", "2026-12-20"),
        ])
        let report = try await take(desk, employer, feed)
        #expect(report.created == 1 && report.refusedTotal == 4)
        #expect(report.refused.contains { $0.feedId == "b4" && $0.message.contains("valid_through") })
        #expect(report.refused.contains { $0.feedId == "b5" && $0.message.contains("same") })
        let left = try await desk.employers.listEmployerJobs(
            EmployersAPI.ListEmployerJobsRequest(id: employer.text), options: desk.by("owner"))
        #expect(left.jobs.count == 1)
    }

    @Test("JSON-LD of another board is taken as well")
    func json() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let feed = """
            [{"@type": "JobPosting", "identifier": {"@type": "PropertyValue", "value": 17}, "title": "Remote Coder",
              "description": "<p>You code the outpatient charts of a clinic from home, ask when notes are short, and keep 95 %.</p>",
              "employmentType": "FULL_TIME", "jobLocationType": "TELECOMMUTE",
              "applicantLocationRequirements": [{"@type": "State", "name": "TX"}],
              "baseSalary": {"@type": "MonetaryAmount", "currency": "USD",
                             "value": {"minValue": 58000, "maxValue": 71000, "unitText": "YEAR"}},
              "validThrough": "2026-12-20T23:59:59Z", "url": "https://clinic.example/jobs/17"}]
            """
        let report = try await take(desk, employer, Array(feed.utf8))
        #expect(report.created == 1, "\(report)")
        let queue = try await desk.moderation.listModeration(
            ModerationAPI.ListModerationRequest(), options: desk.by("moderator"))
        let content = try #require(queue.submitted.first?.content)
        #expect(content.statesAllowed == ["TX"] && content.salary?.maximumCents == 7_100_000)
        #expect(content.employment == "full_time" && content.validThrough == "2026-12-20")
    }

    @Test(
        "What is no feed, or would grow without end, is refused as a whole",
        arguments: [
            "", "hello", "<source></source>", "[]", "{\"jobs\": 3}", "<source><job><title>x</title></source>",
            "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><source><job>&b;</job></source>",
            "<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><source><job><title>&x;</title></job></source>",
            String(repeating: "[", count: 100_000),
        ])
    func hostile(feed: String) async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let refusal = await desk.refusal { try await take(desk, employer, Array(feed.utf8)) }
        #expect(refusal?.kind == .invalidArgument && refusal?.field == "feed")
    }
}
