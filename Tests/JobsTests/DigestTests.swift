import Calendar
import Contracts
import Jobs
import RPC
import Testing

@Suite("Saved searches and their digests")
struct DigestTests {
    private func save(
        _ desk: JobsDesk, _ search: JobsAPI.SearchJobsRequest, rhythm: String = "daily", by account: String = "seeker"
    ) async throws -> SeekersAPI.SavedSearch {
        // What is published in the second of the saving was on the page that was saved.
        defer { desk.advance(seconds: 1) }
        return try await desk.seekers.saveSearch(
            SeekersAPI.SaveSearchRequest(search: search, rhythm: rhythm), options: desk.by(account))
    }

    private func digests(_ desk: JobsDesk) throws -> [WaitingLetter] { try desk.mails().filter { $0.kind == "digest" } }

    @Test("One digest a morning over all searches, no posting twice, and no mail without news")
    func oneDigest() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        _ = try await save(desk, JobsAPI.SearchJobsRequest(required: ["CPC"]))
        _ = try await save(desk, JobsAPI.SearchJobsRequest(q: "coder"))
        let run = Digests(desk.handler)
        desk.advance(days: 1)
        #expect(try await run.run() == 0)
        #expect(try digests(desk).isEmpty)

        let job = try await desk.published(employer, desk.content())
        desk.advance(days: 1)
        #expect(try await run.run() == 1)
        #expect(try await run.run() == 0)
        let mail = try #require(try digests(desk).first)
        #expect(mail.recipient == "seeker@mail.example")
        #expect(mail.subject.hasPrefix("1 new job"))
        #expect(mail.text.ranges(of: job.id).count == 1)
        // RFC 8058
        let list = try #require(mail.headers.first { $0.hasPrefix("List-Unsubscribe: ") })
        #expect(list.contains("<https://desk.example/unsubscribe?token="))
        #expect(mail.headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))

        // Renewed, so that it counts as new again: it was mailed before.
        _ = try await desk.employers.renewJob(
            EmployersAPI.RenewJobRequest(id: job.id, validThrough: "2026-12-30"), options: desk.by("owner"))
        desk.advance(days: 1)
        #expect(try await run.run() == 0)
        #expect(try digests(desk).count == 1)
    }

    @Test("A weekly search waits for Monday; after a week without the program one digest comes, not seven")
    func weekly() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        _ = try await save(desk, JobsAPI.SearchJobsRequest(), rhythm: "weekly")
        _ = try await save(desk, JobsAPI.SearchJobsRequest(), rhythm: "daily", by: "reader")
        _ = try await desk.published(employer, desk.content())
        let run = Digests(desk.handler)
        desk.advance(days: 1)
        #expect(try await run.run() == 1)
        #expect(try digests(desk).map(\.recipient) == ["reader@mail.example"])
        // From Wednesday to Tuesday of the week after.
        desk.advance(days: 6)
        _ = try await desk.published(employer, desk.content("Auditor of charts", days: 40))
        desk.advance(days: 7)
        #expect(try await run.run() == 2)
        let weekly = try #require(try digests(desk).first { $0.recipient == "seeker@mail.example" })
        #expect(weekly.subject.hasPrefix("2 new jobs"))
        #expect(try digests(desk).filter { $0.recipient == "reader@mail.example" }.count == 2)
    }

    @Test("One click ends the digests, for good, and tells nobody whether the token was one")
    func unsubscribe() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        let saved = try await save(desk, JobsAPI.SearchJobsRequest())
        _ = try await desk.published(employer, desk.content())
        desk.advance(days: 1)
        _ = try await Digests(desk.handler).run()
        let mail = try #require(try digests(desk).first)
        let list = try #require(mail.headers.first { $0.hasPrefix("List-Unsubscribe: ") })
        let token = String(try #require(list.split(separator: "token=").last).dropLast())
        _ = try await desk.seekers.unsubscribe(SeekersAPI.UnsubscribeRequest(token: "nothing"))
        _ = try await desk.seekers.unsubscribe(SeekersAPI.UnsubscribeRequest(token: token))
        let list2 = try await desk.seekers.listSavedSearches(
            SeekersAPI.ListSavedSearchesRequest(), options: desk.by("seeker"))
        #expect(list2.searches.map(\.rhythm) == ["never"])
        _ = try await desk.published(employer, desk.content("Auditor of charts"))
        desk.advance(days: 2)
        #expect(try await Digests(desk.handler).run() == 0)
        // Wanted again, it begins with what is new from then on.
        _ = try await desk.seekers.changeSavedSearch(
            SeekersAPI.ChangeSavedSearchRequest(id: saved.id, rhythm: "daily"), options: desk.by("seeker"))
        desk.advance(days: 1)
        #expect(try await Digests(desk.handler).run() == 0)
    }

    @Test("No mail to an address that is not verified or suspended; while Accounts is away nothing is lost")
    func addresses() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        _ = try await save(desk, JobsAPI.SearchJobsRequest())
        _ = try await save(desk, JobsAPI.SearchJobsRequest(), by: "reader")
        desk.accounts.set("reader", verified: false)
        _ = try await desk.published(employer, desk.content())
        desk.advance(days: 1)
        desk.accounts.setAway(true)
        await #expect(throws: (any Error).self) { try await Digests(desk.handler).run() }
        #expect(try digests(desk).isEmpty)
        desk.accounts.setAway(false)
        #expect(try await Digests(desk.handler).run() == 1)
        #expect(try digests(desk).map(\.recipient) == ["seeker@mail.example"])
    }

    @Test("A saved search comes back as it was, keeps its limits, and is nobody else's")
    func savedSearches() async throws {
        let desk = try await JobsDesk()
        let search = JobsAPI.SearchJobsRequest(
            q: "50% & more=", required: ["CPC", "CCS"], specialty: ["cardiology"], state: ["TX"], salary: "60000",
            sort: "date")
        let saved = try await save(desk, search)
        let back = try #require(saved.search)
        #expect(back.q == search.q && back.required == ["CCS", "CPC"] && back.salary == "60000" && back.sort == "date")
        let foreign = await desk.refusal {
            try await desk.seekers.deleteSavedSearch(
                SeekersAPI.DeleteSavedSearchRequest(id: saved.id), options: desk.by("reader"))
        }
        #expect(foreign?.kind == .notFound)
        let odd = await desk.refusal { try await save(desk, JobsAPI.SearchJobsRequest(state: ["XX"])) }
        #expect(odd?.field == "state")
        for _ in 1..<50 { _ = try await save(desk, JobsAPI.SearchJobsRequest()) }
        let tooMany = await desk.refusal { try await save(desk, JobsAPI.SearchJobsRequest()) }
        #expect(tooMany?.kind == .resourceExhausted)
    }

    @Test("Many accounts in one run: whole accounts a batch, each with its own news")
    func manyAccounts() async throws {
        let desk = try await JobsDesk()
        let employer = try await desk.employer()
        for number in 0..<60 {
            let account = "a\(number)"
            desk.accounts.set(account)
            for _ in 0..<30 {
                _ = try await save(
                    desk, JobsAPI.SearchJobsRequest(q: number % 2 == 0 ? "coder" : "submarine"), by: account)
            }
        }
        _ = try await desk.published(employer, desk.content())
        desk.advance(days: 1)
        #expect(try await Digests(desk.handler).run() == 30)
        #expect(Set(try digests(desk).map(\.recipient)).count == 30)
    }
}
