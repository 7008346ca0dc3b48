import Calendar
import Contracts
import Jobs
import RPC
import Support
import Testing

@Suite("Search with facets")
struct BoardSearchTests {
    /// A desk with a sample board.
    private func sampleDesk(_ postings: UInt32) async throws -> JobsDesk {
        let desk = try await JobsDesk()
        _ = try await desk.moderation.makeSample(
            ModerationAPI.MakeSampleRequest(postings: postings, seed: 7), options: JobsDesk.operatorOptions)
        return desk
    }

    @Test(
        "A facet's count is what choosing the value gives, whatever was chosen before",
        arguments: [1, 2, 3] as [UInt64])
    func counts(seed: UInt64) async throws {
        let desk = try await sampleDesk(400)
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<12 {
            var search = JobsAPI.SearchJobsRequest(pageSize: 1)
            if Bool.random(using: &chance) {
                search.q = ["coder", "auditor", "cardiology", "remote"].randomElement(using: &chance)!
            }
            if Bool.random(using: &chance) { search.required = [["CPC", "CCS"].randomElement(using: &chance)!] }
            if Bool.random(using: &chance) { search.workplace = ["remote"] }
            if Bool.random(using: &chance) { search.state = ["TX", "FL"] }
            if Bool.random(using: &chance) { search.salary = "60000" }
            let reply = try await desk.jobs.searchJobs(search)
            for facet in reply.facets {
                guard let value = facet.values.randomElement(using: &chance) else { continue }
                var chosen = search
                switch facet.field {
                case "required": chosen.required = [value.value]
                case "preferred": chosen.preferred = [value.value]
                case "apprentices": chosen.apprentices = value.value
                case "specialty": chosen.specialty = [value.value]
                case "setting": chosen.setting = [value.value]
                case "workplace": chosen.workplace = [value.value]
                case "state": chosen.state = [value.value]
                case "employment": chosen.employment = [value.value]
                case "salary": chosen.salary = value.value
                case "posted": chosen.posted = value.value
                case "employer": chosen.employer = [value.value]
                default: Issue.record("an unknown facet \(facet.field)")
                }
                let found = try await desk.jobs.searchJobs(chosen)
                if !reply.relaxed && !found.relaxed {
                    #expect(found.total == value.count, "seed \(seed): \(facet.field)=\(value.value) of \(search)")
                }
            }
        }
    }

    @Test("Pages stay what they are while postings come and go", arguments: ["relevance", "date", "salary"])
    func stablePages(order: String) async throws {
        let desk = try await sampleDesk(150)
        let whole = try await desk.jobs.searchJobs(
            JobsAPI.SearchJobsRequest(sort: order, pageSize: 100))
        let first = try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(sort: order, pageSize: 10))
        // One of the first page closes, and a new one comes.
        let employer = try await desk.employer()
        _ = try await desk.published(employer, desk.content())
        let gone = whole.jobs[15].id
        _ = try await desk.moderation.moderateJob(
            ModerationAPI.ModerateJobRequest(id: gone, verdict: "take_down", reason: "Gone.", revision: 1),
            options: desk.by("moderator"))
        let second = try await desk.jobs.searchJobs(
            JobsAPI.SearchJobsRequest(sort: order, pageSize: 10, pageToken: first.nextPageToken))
        let expected = whole.jobs[10..<21].map(\.id).filter { $0 != gone }
        let found = second.jobs.map(\.id)
        if order == "salary" {
            // The new posting may lie on the second page by its pay; nothing else moves.
            #expect(Set(expected.prefix(9)).isSubset(of: Set(found)))
        } else {
            #expect(found == Array(expected.prefix(10)))
        }
        let foreign = await desk.refusal {
            try await desk.jobs.searchJobs(
                JobsAPI.SearchJobsRequest(q: "other", sort: order, pageToken: first.nextPageToken))
        }
        #expect(foreign?.field == "page_token")
    }

    @Test("A radius holds what lies in it by the haversine formula, and nothing else")
    func radius() async throws {
        let desk = try await sampleDesk(600)
        try await desk.store.places.replace(with: [
            Place(city: "Austin", state: USState("TX")!, postalCode: "78701", latitude: 30.27, longitude: -97.74)
        ])
        var sum = 0
        for miles in [5, 15, 25, 50, 300] as [UInt32] {
            let reply = try await desk.jobs.searchJobs(
                JobsAPI.SearchJobsRequest(near: "Austin, TX", miles: miles, pageSize: 100))
            let all = try await desk.jobs.searchJobs(
                JobsAPI.SearchJobsRequest(workplace: ["onsite", "hybrid"], pageSize: 100))
            for job in reply.jobs {
                let place = try #require(
                    try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id)).content?.place)
                #expect(Haversine.miles(30.27, -97.74, place.latitude, place.longitude) <= Double(miles) + 0.01)
            }
            #expect(Int(reply.total) >= sum)
            sum = Int(reply.total)
            _ = all
        }
        #expect(sum > 0)
        let unknown = await desk.refusal {
            try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(near: "Nowhere, TX"))
        }
        #expect(unknown?.field == "near")
    }

    @Test("Words are found in any order, without accents and plurals; some of them suffice when none has all")
    func words() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let job = try await desk.published(employer, desk.content("Café Auditor for Risk Adjustment"))
        for words in ["auditors", "adjustment risk", "cafe", "CAFÉ auditor", "clinic", "cpc", "oklahoma"] {
            let reply = try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(q: words))
            let expected = words == "oklahoma" ? [] : [job.id]
            #expect(reply.jobs.map(\.id) == expected, "\(words)")
        }
        let some = try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(q: "auditor submarine"))
        #expect(some.relaxed && some.jobs.map(\.id) == [job.id])
        let long = await desk.refusal {
            try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(q: String(repeating: "a", count: 201)))
        }
        #expect(long?.field == "q")
    }

    @Test("A value that no filter has is refused with the filter's name")
    func oddValues() async throws {
        let desk = try await JobsDesk()
        for search in [
            JobsAPI.SearchJobsRequest(specialty: ["astrology"]), JobsAPI.SearchJobsRequest(state: ["XX"]),
            JobsAPI.SearchJobsRequest(salary: "1"), JobsAPI.SearchJobsRequest(sort: "chance"),
            JobsAPI.SearchJobsRequest(pageSize: 101), JobsAPI.SearchJobsRequest(pageToken: "z-z-z-z"),
        ] {
            let refusal = await desk.refusal { try await desk.jobs.searchJobs(search) }
            #expect(refusal?.kind == .invalidArgument && refusal?.field.isEmpty == false)
        }
    }

    @Test("The board after a restart is the board before it")
    func restart() async throws {
        let desk = try await sampleDesk(120)
        let before = try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(sort: "date", pageSize: 100))
        let again = try LiveBoard(filledFrom: desk.store)
        #expect(again.count == Int(before.total))
        var query = BoardQuery()
        query.order = .date
        query.limit = 100
        #expect(again.search(query, at: desk.now).answer.positions.map(\.id.text) == before.jobs.map(\.id))
    }

    @Test("Similar jobs are of the same specialty more often than not, open, and never the job itself")
    func similar() async throws {
        let desk = try await sampleDesk(500)
        let page = try await desk.jobs.searchJobs(JobsAPI.SearchJobsRequest(pageSize: 20))
        var shared = 0
        var all = 0
        for job in page.jobs {
            let full = try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: job.id))
            #expect(full.similar.count == 5 && !full.similar.contains { $0.id == job.id })
            for other in full.similar {
                let content = try #require(try await desk.jobs.getJob(JobsAPI.GetJobRequest(id: other.id)).content)
                all += 1
                if !Set(content.specialties).isDisjoint(with: full.content?.specialties ?? []) { shared += 1 }
            }
        }
        #expect(shared * 2 > all)
    }
}
