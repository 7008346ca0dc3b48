import Contracts
import Jobs
import RPC
import Testing

@Suite("Employers and their domains")
struct EmployerTests {
    @Test("A token that is mailed to the domain proves it; free mail, another token and a sixth try do not")
    func proof() async throws {
        let desk = try await JobsDesk()
        let free = await desk.refusal {
            try await desk.employers.createEmployer(
                EmployersAPI.CreateEmployerRequest(name: "X", domain: "Gmail.com"), options: desk.by("owner"))
        }
        #expect(free?.reason == "free_mail")
        let made = try await desk.employers.createEmployer(
            EmployersAPI.CreateEmployerRequest(name: "Clinic", domain: "Clinic.Example"), options: desk.by("owner"))
        #expect(made.domain == "clinic.example" && !made.verified)
        let taken = await desk.refusal {
            try await desk.employers.createEmployer(
                EmployersAPI.CreateEmployerRequest(name: "Other", domain: "clinic.example"), options: desk.by("other"))
        }
        #expect(taken?.kind == .alreadyExists)
        let proof = try await desk.employers.startDomainProof(
            EmployersAPI.StartDomainProofRequest(id: made.id, mailbox: "hr"), options: desk.by("owner"))
        #expect(proof.sentTo == "hr@clinic.example")
        let mail = try #require(try desk.mails().first { $0.kind == "proof" })
        let token = try #require(
            mail.text.split(separator: "\n").map(String.init).first { $0.count == 32 && !$0.contains(" ") })
        let wrong = await desk.refusal {
            try await desk.employers.finishDomainProof(
                EmployersAPI.FinishDomainProofRequest(id: made.id, token: "nothing"), options: desk.by("owner"))
        }
        #expect(wrong?.reason == "not_proven")
        for _ in 1..<5 {
            _ = try await desk.employers.startDomainProof(
                EmployersAPI.StartDomainProofRequest(id: made.id, mailbox: "hr"), options: desk.by("owner"))
        }
        let sixth = await desk.refusal {
            try await desk.employers.startDomainProof(
                EmployersAPI.StartDomainProofRequest(id: made.id, mailbox: "hr"), options: desk.by("owner"))
        }
        #expect(sixth?.kind == .resourceExhausted)
        let injected = await desk.refusal {
            try await desk.employers.startDomainProof(
                EmployersAPI.StartDomainProofRequest(id: made.id, mailbox: "x@evil.example,hr"),
                options: desk.by("owner"))
        }
        #expect(injected?.field == "mailbox")
        let proven = try await desk.employers.finishDomainProof(
            EmployersAPI.FinishDomainProofRequest(id: made.id, token: token), options: desk.by("owner"))
        #expect(proven.verified)
    }

    @Test("Members are added by address and taken away by the owner alone")
    func members() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let with = try await desk.employers.addEmployerMember(
            EmployersAPI.EmployerMemberRequest(id: employer.text, account: "other@mail.example"),
            options: desk.by("owner"))
        #expect(with.members.map(\.account).sorted() == ["other", "owner"])
        let notOwner = await desk.refusal {
            try await desk.employers.removeEmployerMember(
                EmployersAPI.EmployerMemberRequest(id: employer.text, account: "owner"), options: desk.by("other"))
        }
        #expect(notOwner?.reason == "not_owner")
        let seen = try await desk.employers.getEmployer(EmployersAPI.GetEmployerRequest(id: employer.text))
        #expect(seen.members.isEmpty)
        let unknown = await desk.refusal {
            try await desk.employers.addEmployerMember(
                EmployersAPI.EmployerMemberRequest(id: employer.text, account: "nobody"), options: desk.by("owner"))
        }
        #expect(unknown?.kind == .notFound)
    }

    @Test("Every field that is wrong has one clear message")
    func faults() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let changes: [(String, (inout JobsAPI.JobContent) -> Void)] = [
            ("title", { $0.title = "" }), ("title", { $0.title = "MEDICAL CODER WANTED AT ONCE" }),
            ("title", { $0.title = String(repeating: "a", count: 121) }),
            ("description", { $0.description = String(repeating: "a", count: 20_001) }),
            ("description", { $0.description = "Right-to-left \u{202E} override " + $0.description }),
            ("credentials_required", { $0.credentialsRequired = ["XYZ"] }),
            ("credentials_preferred", { $0.credentialsPreferred = ["CPC"] }),
            ("specialties", { $0.specialties = ["astrology"] }), ("states_allowed", { $0.statesAllowed = ["XX"] }),
            ("hours_a_week", { $0.hoursAWeek = 81 }), ("salary", { $0.salary?.maximumCents = 1 }),
            ("salary", { $0.salary?.unit = "fortnight" }), ("workplace", { $0.workplace = "moon" }),
            (
                "apply_target",
                {
                    $0.applyMethod = "link"; $0.applyTarget = "http://clinic.example"
                }
            ),
            (
                "apply_target",
                {
                    $0.applyMethod = "link"; $0.applyTarget = "javascript:alert(1)"
                }
            ),
            (
                "apply_target",
                {
                    $0.applyMethod = "link"; $0.applyTarget = "https://user:pass@clinic.example/"
                }
            ),
            (
                "apply_target",
                {
                    $0.applyMethod = "email"; $0.applyTarget = "jobs@localhost"
                }
            ),
            ("valid_through", { $0.validThrough = "2026-02-30" }),
            ("valid_through", { $0.validThrough = "2027-11-24" }),
            ("benefits", { $0.benefits = Array(repeating: "x", count: 21) }),
        ]
        for (field, change) in changes {
            var content = desk.content()
            change(&content)
            let refusal = await desk.refusal {
                try await desk.employers.createJob(
                    EmployersAPI.CreateJobRequest(employerId: employer.text, content: content),
                    options: desk.by("owner"))
            }
            #expect(
                refusal?.kind == .invalidArgument && refusal?.field == field, "\(field): \(String(describing: refusal))"
            )
        }
    }

    @Test("Views and clicks are counted once a reader and day, and not the employer's own")
    func counts() async throws {
        let desk = try await JobsDesk()
        var content = desk.content()
        content.applyMethod = "link"
        content.applyTarget = "https://clinic.example/jobs/1"
        let job = try await desk.published(try await desk.employer(), content)
        for viewer in ["g1", "g1", "g2"] {
            _ = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id, viewer: viewer))
            _ = try await desk.jobs.followApplyLink(JobsAPI.FollowApplyLinkRequest(id: job.id, viewer: viewer))
        }
        _ = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id, viewer: "owner"), options: desk.by("owner"))
        desk.advance(days: 1)
        _ = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id, viewer: "g1"))
        // The counts are written behind the answers; a write that waits for its turn comes after them.
        _ = try await desk.seekers.saveJob(SeekersAPI.SaveJobRequest(id: job.id), options: desk.by("seeker"))
        let own = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id), options: desk.by("owner"))
        #expect(own.counts == JobsAPI.JobCounts(views: 3, clicks: 2, applicants: 0))
        #expect(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id)).counts == nil)
    }

    @Test("Reports go to the moderators, one a reader, and a posting that is taken down leaves the board")
    func reports() async throws {
        let desk = try await JobsDesk()
        let job = try await desk.published(try await desk.employer(), desk.content())
        for text in ["first", "second"] {
            _ = try await desk.jobs.reportJob(
                JobsAPI.ReportJobRequest(id: job.id, reason: "scam", text: text), options: desk.by("reader"))
        }
        let queue = try await desk.moderation.listModeration(
            ModerationAPI.ListModerationRequest(), options: desk.by("moderator"))
        #expect(queue.reports.map(\.text) == ["second"])
        _ = try await desk.moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(
                id: job.id, verdict: "take_down", reason: "Money was asked for.", revision: 1),
            options: desk.by("moderator"))
        #expect(try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest()).total == 0)
        #expect(try desk.mails().first { $0.kind == "closed" }?.text.contains("Money was asked for.") == true)
        // It comes back through a moderator only.
        let renewed = try await desk.employers.renewJob(
            EmployersAPI.RenewJobRequest(id: job.id, validThrough: "2026-12-20"), options: desk.by("owner"))
        #expect(renewed.state == "submitted")
    }
}
