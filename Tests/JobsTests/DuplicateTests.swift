import Contracts
import Jobs
import RPC
import Support
import Testing

@Suite("Duplicates")
struct DuplicateTests {
    @Test("The same link, the same job, the same text: each is refused and names the earlier posting")
    func refused() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        var first = desk.content("Inpatient Coder")
        first.applyMethod = "link"
        first.applyTarget = "https://clinic.example/jobs/17?utm_source=mail"
        let earlier = try await desk.published(employer, first)

        func submitted(_ content: JobsAPI.JobContent) async throws -> ServiceError? {
            let draft = try await desk.employers.createJob(
                EmployersAPI.CreateJobRequest(employerId: employer.text, content: content), options: desk.by("owner"))
            return await desk.refusal {
                try await desk.employers.submitJob(EmployersAPI.JobActRequest(id: draft.id), options: desk.by("owner"))
            }
        }
        var sameLink = desk.content("Outpatient Auditor of charts and claims")
        sameLink.description =
            "A wholly other text, about auditing the outpatient claims of six practices with a weekly report to each."
        sameLink.applyMethod = "link"
        sameLink.applyTarget = "https://www.clinic.example/jobs/17/?utm_campaign=x#top"
        let link = try #require(try await submitted(sameLink))
        #expect(link.kind == .alreadyExists && link.reason == "same_link" && link.message.contains(earlier.id))

        var sameJob = desk.content("Inpatient coders")
        sameJob.description =
            "Quite another text again, of a desk that works at night on trauma charts, in a team of four people."
        let job = try #require(try await submitted(sameJob))
        #expect(job.reason == "same_job" && job.message.contains(earlier.id))

        var sameText = first
        sameText.title = "Coder of inpatient charts"
        sameText.applyMethod = "form"
        sameText.applyTarget = ""
        sameText.description += " Apply soon."
        let text = try #require(try await submitted(sameText))
        #expect(text.reason == "same_text" && text.message.contains(earlier.id))

        _ = try await desk.employers.closeJob(
            EmployersAPI.CloseJobRequest(id: earlier.id, reason: "filled"), options: desk.by("owner"))
        #expect(try await submitted(sameLink) == nil)
    }

    @Test("Near-duplicates of 300 labelled pairs: precision .95 or better, recall .90 or better")
    func labelledPairs() {
        let pairs = LabelledPairs(seed: 11).all
        #expect(pairs.count == 300)
        let figures = LabelledPairs.figures(pairs) { left, right in
            Shingles(left).resemblance(Shingles(right)) >= Shingles.threshold
        }
        #expect(figures.precision >= 0.95, "\(figures)")
        #expect(figures.recall >= 0.90, "\(figures)")
    }

    @Test(
        "The eight smallest runs of words find every near-duplicate that the whole sketch finds",
        arguments: [1, 2] as [UInt64])
    func candidates(seed: UInt64) {
        for pair in LabelledPairs(seed: seed).all {
            let (left, right) = (Shingles(pair.left), Shingles(pair.right))
            guard left.resemblance(right) >= Shingles.threshold else { continue }
            let kept = Set(left.hashes.prefix(DuplicateKeys.kept))
            #expect(!kept.isDisjoint(with: right.hashes.prefix(DuplicateKeys.kept)))
        }
    }
}
