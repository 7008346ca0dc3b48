import Contracts
import Foundation
import HTTPTypes
import RPC
import Testing

@testable import Gateway

@Suite("CareerCenter's pages")
struct CareersPagesTests {
    @Test("The search keeps its state in the address: filters are chosen and removed by links, pages go on")
    func search() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send(
                "/careers?q=coder&required=CPC&required=CCS&near=78701&miles=50&sort=date")
            #expect(page.status == .ok)
            #expect(page.text.contains("41 jobs"))
            #expect(page.text.contains("within 50 miles of 78701"))
            // The facet's own value is chosen, and its link takes it away.
            #expect(
                page.text.contains(
                    #"href="/careers?q=coder&amp;required=CCS&amp;near=78701&amp;miles=50&amp;sort=date""#))
            #expect(page.text.contains(#"aria-current="true""#))
            // Another facet's value comes on top.
            #expect(page.text.contains("sort=date&amp;workplace=remote"))
            #expect(page.text.contains("page_token=later"))
            #expect(page.text.contains("/careers.atom?q=coder"))
            #expect(!page.text.contains("<b>of</b>"))
        }
    }

    @Test("A place that nobody knows is said on the page")
    func unknownPlace() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/careers?near=nowhere")
            #expect(page.status == .badRequest)
            #expect(page.text.contains("No such place is known."))
        }
    }

    @Test("Hostile Markdown is text on the page: no script, no handler, no javascript link, no picture from elsewhere")
    func hostileText() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/careers/\(JobsDouble.open)")
            #expect(page.status == .ok)
            let visible = page.text.replacing(#/<script type="application\/ld\+json">[^<]*<\/script>/#, with: "")
            #expect(visible.ranges(of: "<script").count == visible.ranges(of: "<script src=\"/assets/").count)
            #expect(!visible.lowercased().contains("href=\"javascript:"))
            #expect(!visible.contains("<img src=x") && !visible.contains("track.example"))
            #expect(visible.contains("&lt;script&gt;alert(1)"))
            #expect(visible.contains("<strong>outpatient</strong>"))
            #expect(visible.contains(#"rel="nofollow ugc noopener" href="https://clinic.example/a?b=1&amp;c=2""#))
        }
    }

    @Test(
        "An open job has JobPosting data with what schema.org asks for; a closed one has none and says that it is closed"
    )
    func structuredData() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/careers/\(JobsDouble.open)")
            let data = try #require(Self.structured(page.text))
            #expect(data["@type"] as? String == "JobPosting")
            // Required and recommended properties of the documentation for job search.
            for property in [
                "title", "description", "datePosted", "hiringOrganization", "identifier", "validThrough",
                "employmentType",
                "baseSalary", "applicantLocationRequirements", "jobLocationType", "directApply",
            ] { #expect(data[property] != nil, "\(property)") }
            #expect(data["jobLocationType"] as? String == "TELECOMMUTE")
            #expect(data["employmentType"] as? String == "FULL_TIME")
            #expect(data["datePosted"] as? String == "2026-11-20")
            #expect((data["validThrough"] as? String)?.hasPrefix("2026-12-20T") == true)
            let regions = try #require(data["applicantLocationRequirements"] as? [[String: String]])
            #expect(regions.map { $0["name"] } == ["TX, USA", "OK, USA"])
            let salary = try #require((data["baseSalary"] as? [String: Any])?["value"] as? [String: Any])
            #expect(salary["minValue"] as? Double == 28 && salary["unitText"] as? String == "HOUR")
            #expect((data["description"] as? String)?.contains("<script") == false)
            let closed = try await browser.send("/careers/\(JobsDouble.closed)")
            #expect(closed.text.contains("This job is closed.") && closed.text.contains("Similar jobs"))
            #expect(Self.structured(closed.text) == nil)
        }
    }

    @Test("The Atom feed and the sitemap are well-formed XML, with every text escaped")
    func machines() async throws {
        try await Desk().visit { browser in
            for path in ["/careers.atom?q=%3Cb%3E%26", "/careers-sitemap.xml"] {
                let file = try await browser.send(path)
                #expect(file.status == .ok)
                #expect(WellFormed.check(file.text), "\(path)")
            }
            let map = try await browser.send("/careers-sitemap.xml")
            #expect(map.text.contains("<lastmod>2026-11-20T10:00:00Z</lastmod>"))
            let feed = try await browser.send("/careers.atom?required=CPC&page_token=x")
            #expect(feed.text.contains("/careers/\(JobsDouble.open)</id>"))
            #expect(feed.text.contains("<updated>2026-11-20T10:00:00Z</updated>"))
            let robots = try await browser.send("/robots.txt")
            #expect(robots.text.contains("Sitemap: http://127.0.0.1:8080/careers-sitemap.xml"))
        }
    }

    @Test("Without an account, what is somebody's own leads to the log-in and back")
    func signedOut() async throws {
        try await Desk().visit { browser in
            for path in [
                "/careers/saved", "/careers/searches", "/careers/applications", "/careers/profile", "/employers",
                "/admin/careers", "/careers/\(JobsDouble.open)/apply",
            ] {
                let page = try await browser.send(path)
                #expect(page.status == .seeOther, "\(path)")
                #expect(page.headers[.location]?.hasPrefix("/login?next=%2F") == true)
            }
            let json = try await browser.send("/v1/me/saved-jobs")
            #expect(json.status == .unauthorized || json.status == .notImplemented)
        }
    }

    @Test("A link to apply leads away only by https")
    func go() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/careers/\(JobsDouble.open)/go")
            #expect(page.headers[.location] == "https://jobs.example/17")
        }
    }

    @Test("CSV fields cannot become formulas or break their row")
    func csv() {
        #expect(ApplicantsCSV.field("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"")
        #expect(ApplicantsCSV.field("+1 555") == "\"'+1 555\"")
        #expect(ApplicantsCSV.field("a,b\r\nc") == "\"a,b\r\nc\"")
    }

    @Test(
        "Amounts are read as they are typed",
        arguments: [("28.50", 2_850), ("62,000", 6_200_000), ("$7.5", 750), ("", 0), ("1.234", 0), ("x", 0)]
            as [(String, UInt64)])
    func amounts(text: String, cents: UInt64) { #expect(JobForm.cents(text) == cents) }

    static func structured(_ html: String) -> [String: Any]? {
        guard let start = html.firstRange(of: #"<script type="application/ld+json">"#)?.upperBound,
            let end = html[start...].firstRange(of: "</script>")?.lowerBound
        else { return nil }
        return try? JSONSerialization.jsonObject(with: Data(html[start..<end].utf8)) as? [String: Any]
    }
}
