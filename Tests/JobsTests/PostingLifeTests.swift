import Calendar
import Contracts
import Jobs
import RPC
import Testing

@Suite("The life of a posting")
struct PostingLifeTests {
    @Test("Draft, submitted, published, closed: each step is on the board or off it, and nobody skips one")
    func wholeLife() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let draft = try await desk.employers.createJob(
            EmployersAPI.CreateJobRequest(employerId: employer.text, content: desk.content()), options: desk.by("owner")
        )
        #expect(draft.state == "draft")
        #expect(draft.faults == [])
        let seen = await desk.refusal { try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: draft.id)) }
        #expect(seen?.kind == .notFound)
        let closed = await desk.refusal {
            try await desk.employers.closeJob(
                EmployersAPI.CloseJobRequest(id: draft.id, reason: "filled"), options: desk.by("owner"))
        }
        #expect(closed?.reason == "wrong_state")
        let submitted = try await desk.employers.submitJob(
            EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
        #expect(submitted.state == "submitted" && submitted.waits)
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 0)

        let queue = try await desk.moderation.listModeration(
            ModerationAPI.ListModerationRequest(), options: desk.by("moderator"))
        #expect(queue.submitted.map(\.id) == [draft.id])
        let published = try await desk.moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(id: draft.id, verdict: "approve", revision: 1),
            options: desk.by("moderator"))
        #expect(published.state == "published")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).jobs.map(\.id) == [draft.id])
        #expect(try desk.mails().map(\.kind) == ["published"])

        let filled = try await desk.employers.closeJob(
            EmployersAPI.CloseJobRequest(id: draft.id, reason: "filled"), options: desk.by("owner"))
        #expect(filled.state == "closed" && filled.closeReason == "filled")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 0)
        // A closed page stays.
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: draft.id)).state == "closed")
        let renewed = try await desk.employers.renewJob(
            EmployersAPI.RenewJobRequest(id: draft.id, validThrough: "2026-12-20"), options: desk.by("owner"))
        #expect(renewed.state == "published")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 1)
    }

    @Test(
        "A posting ends with its last day, also when the service was down, and its employer hears of it five days before, once"
    )
    func ends() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content(days: 10))
        try await desk.caretaker.remind()
        #expect(try desk.mails().filter { $0.kind == "expiring" }.isEmpty)
        desk.advance(days: 5)
        for _ in 0..<3 { try await desk.caretaker.remind() }
        let reminders = try desk.mails().filter { $0.kind == "expiring" }
        #expect(reminders.count == 1)
        #expect(reminders.first?.recipient == "owner@mail.example")
        #expect(reminders.first?.text.contains("/employers/jobs/\(job.id)") == true)
        desk.advance(days: 5)
        try await desk.caretaker.close()
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id)).state == "published")
        desk.advance(days: 9)
        // As at a start after nine days without the program.
        try await desk.caretaker.close()
        let ended = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id))
        #expect(ended.state == "closed" && ended.closeReason == "expired")
        #expect(ended.closedAt == "2026-12-05T00:00:00Z")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 0)
    }

    @Test("While Accounts is away postings close all the same, and reminders wait")
    func accountsAway() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let soon = try await desk.published(employer, desk.content("Coder of hearts", days: 3))
        _ = soon
        desk.accounts.setAway(true)
        await #expect(throws: (any Error).self) { try await desk.caretaker.remind() }
        desk.accounts.setAway(false)
        try await desk.caretaker.remind()
        #expect(try desk.mails().filter { $0.kind == "expiring" }.count == 1)
        desk.accounts.setAway(true)
        desk.advance(days: 4)
        try await desk.caretaker.close()
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: soon.id)).state == "closed")
    }

    @Test("A rejected posting says why to its employer alone, and can be put right")
    func rejected() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let draft = try await desk.employers.createJob(
            EmployersAPI.CreateJobRequest(employerId: employer.text, content: desk.content()), options: desk.by("owner")
        )
        _ = try await desk.employers.submitJob(EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
        let nameless = await desk.refusal {
            try await desk.moderation.moderateJob(
                ModerationAPI.ModerateJobRequest(id: draft.id, verdict: "reject", revision: 1),
                options: desk.by("moderator"))
        }
        #expect(nameless?.field == "reason")
        _ = try await desk.moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(id: draft.id, verdict: "reject", reason: "Name the place.", revision: 1),
            options: desk.by("moderator"))
        let own = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: draft.id), options: desk.by("owner"))
        #expect(own.rejection == "Name the place.")
        #expect(try desk.mails().first { $0.kind == "rejected" }?.text.contains("Name the place.") == true)
        var better = desk.content()
        better.title = "Medical Coder, Austin"
        let revised = try await desk.employers.updateJob(
            EmployersAPI.UpdateJobRequest(id: draft.id, revision: 1, content: better), options: desk.by("owner"))
        #expect(revised.revision == 2)
        let again = try await desk.employers.submitJob(
            EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
        #expect(again.state == "submitted")
        let stale = await desk.refusal {
            try await desk.employers.updateJob(
                EmployersAPI.UpdateJobRequest(id: draft.id, revision: 1, content: better), options: desk.by("owner"))
        }
        #expect(stale?.kind == .aborted)
        let revisions = try await desk.employers.listRevisions(
            EmployersAPI.ListRevisionsRequest(id: draft.id), options: desk.by("owner"))
        #expect(revisions.revisions.map(\.number) == [2, 1])
    }

    @Test("A change of a published posting waits for a moderator while the approved text stays on the board")
    func changed() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        var other = desk.content("Another title")
        other.title = "Another title"
        _ = try await desk.employers.updateJob(
            EmployersAPI.UpdateJobRequest(id: job.id, revision: 1, content: other), options: desk.by("owner"))
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id)).content?.title == "Medical Coder")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(q: "another")).total == 0)
        _ = try await desk.moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(id: job.id, verdict: "approve", revision: 2), options: desk.by("moderator")
        )
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id)).content?.title == "Another title")
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(q: "another")).total == 1)
    }

    @Test("Nobody posts without a proven domain, a verified address, or for somebody else's employer")
    func rights() async throws {
        let desk = try await JobsDesk()
        let made = try await desk.employers.createEmployer(
            EmployersAPI.CreateEmployerRequest(name: "Clinic", domain: "clinic.example"), options: desk.by("owner"))
        let draft = try await desk.employers.createJob(
            EmployersAPI.CreateJobRequest(employerId: made.id, content: desk.content()), options: desk.by("owner"))
        let unproven = await desk.refusal {
            try await desk.employers.submitJob(EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
        }
        #expect(unproven?.reason == "unverified")
        desk.accounts.set("owner", verified: false)
        let unverified = await desk.refusal {
            try await desk.employers.submitJob(EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
        }
        #expect(unverified?.reason == "unverified_address")
        let stranger = await desk.refusal {
            try await desk.employers.updateJob(
                EmployersAPI.UpdateJobRequest(id: draft.id, revision: 1, content: desk.content()),
                options: desk.by("other"))
        }
        #expect(stranger?.kind == .notFound)
        let nobody = await desk.refusal {
            try await desk.employers.submitJob(EmployersAPI.JobActRequest(id: draft.id))
        }
        #expect(nobody?.kind == .unauthenticated)
        let reader = await desk.refusal {
            try await desk.employers.submitJob(
                EmployersAPI.JobActRequest(id: draft.id),
                options: CallOptions(principal: Array("owner key handle read".utf8)))
        }
        #expect(reader?.kind == .permissionDenied)
        let moderating = await desk.refusal {
            try await desk.moderation.listModeration(ModerationAPI.ListModerationRequest(), options: desk.by("owner"))
        }
        #expect(moderating?.kind == .permissionDenied)
        desk.accounts.set("owner", suspended: true)
        let suspended = await desk.refusal {
            try await desk.employers.listMyEmployers(
                EmployersAPI.ListMyEmployersRequest(), options: desk.by("owner"))
        }
        #expect(suspended?.reason == "suspended")
    }

    @Test("People of an organisation work for the employer that belongs to it, as long as they belong to it themselves")
    func organisations() async throws {
        let desk = try await JobsDesk()
        desk.accounts.set(
            "owner", organisations: [StandingAPI.Membership(organisationId: "o1", name: "Clinic", role: "owner")])
        desk.accounts.set(
            "other", organisations: [StandingAPI.Membership(organisationId: "o1", name: "Clinic", role: "member")])
        let made = try await desk.employers.createEmployer(
            EmployersAPI.CreateEmployerRequest(name: "Clinic", domain: "clinic.example", organisation: "o1"),
            options: desk.by("owner"))
        let list = EmployersAPI.ListEmployerJobsRequest(id: made.id)
        #expect(try await desk.employers.listEmployerJobs(list, options: desk.by("other")).jobs.isEmpty)
        desk.accounts.set("other")
        let left = await desk.refusal { try await desk.employers.listEmployerJobs(list, options: desk.by("other")) }
        #expect(left?.kind == .notFound)
        let foreign = await desk.refusal {
            try await desk.employers.createEmployer(
                EmployersAPI.CreateEmployerRequest(name: "X", domain: "x.example", organisation: "o1"),
                options: desk.by("other"))
        }
        #expect(foreign?.field == "organisation")
    }
}
