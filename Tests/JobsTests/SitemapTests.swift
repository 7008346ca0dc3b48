import Contracts
import Jobs
import RPC
import Testing

@Suite("The sitemap's pages")
struct SitemapTests {
    @Test("Pages together hold each open posting once, and say when one of theirs last changed")
    func pages() async throws {
        let desk = try await JobsDesk()
        var handler = desk.handler
        handler.sitemapPage = 3
        let jobs = JobsAPI.Client(InProcessChannel(routes: handler.routes))
        let none = try await jobs.listSitemapPages(JobsAPI.ListSitemapPagesRequest())
        #expect(none.pages.isEmpty)
        #expect(try await jobs.listSitemap(JobsAPI.ListSitemapRequest()).entries.isEmpty)
        let employer = try await desk.employer()
        var open: Set<String> = []
        for number in 0..<7 {
            desk.advance(seconds: 60)
            open.insert(try await desk.published(employer, desk.content("Medical Coder, team \(number)")).id)
        }
        let closed = try #require(open.first)
        _ = try await desk.employers.closeJob(
            EmployersAPI.CloseJobRequest(id: closed, reason: "filled"), options: desk.by("owner"))
        open.remove(closed)
        let pages = try await jobs.listSitemapPages(JobsAPI.ListSitemapPagesRequest()).pages
        #expect(pages.count == 2)
        var found: [String] = []
        for page in pages {
            let entries = try await jobs.listSitemap(JobsAPI.ListSitemapRequest(pageToken: page.pageToken)).entries
            #expect(entries.count == 3)
            #expect(entries.map(\.updatedAt).max() == page.updatedAt)
            found += entries.map(\.id)
        }
        #expect(found.count == 6 && Set(found) == open)
        let first = try await jobs.listSitemap(JobsAPI.ListSitemapRequest()).entries
        #expect(first.map(\.id) == Array(found.prefix(3)))
    }
}
