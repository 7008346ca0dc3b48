import Contracts
import Foundation
import HTTPTypes
import RPC
import Testing

@Suite("An employer and a seeker meet on the pages")
struct CareersJourneyTests {
    private static let job = [
        "title": "Outpatient Coder", "credentials_required": "CPC", "specialties": "Cardiology, Risk adjustment",
        "setting": "professional", "workplace": "remote", "states_allowed": "TX, OK", "employment": "full_time",
        "hours_a_week": "40", "salary_minimum": "28.50", "salary_maximum": "34", "salary_unit": "hour",
        "apply_method": "form",
        "description":
            "You code **outpatient** charts of three clinics from the record, ask when a note is short, and keep your accuracy. <script>alert(1)</script>",
    ]

    @Test("Employer, draft, moderation, publication, saved search, application with a résumé, pipeline, CSV")
    func journey() async throws {
        var desk = Desk()
        let jobs = try await RealJobs()
        desk.realJobs = jobs
        try await desk.visit { browser in
            _ = try await browser.register("employer@clinic.example")
            let made = try await browser.post("/employers", ["name": "Clinic", "domain": "clinic.example"])
            let employer = try #require(made.headers[.location])
            #expect(employer.hasPrefix("/employers/"))
            #expect(try await browser.send(employer).text.contains("_codingahead.clinic.example"))
            try await jobs.verify(String(employer.split(separator: "/")[1]))

            var wrong = Self.job
            wrong["title"] = ""
            let refused = try await browser.post("\(employer)/jobs/new", wrong)
            #expect(refused.status == .badRequest && refused.text.contains("Give the job a title."))
            #expect(refused.text.contains("keep your accuracy. &lt;script&gt;"))
            let draft = try await browser.post("\(employer)/jobs/new", Self.job)
            let posting = try #require(draft.headers[.location])
            let id = String(posting.split(separator: "/")[2])
            #expect(try await browser.post(posting, ["act": "submit"]).status == .seeOther)
            #expect(try await browser.send("/admin/careers").status == .forbidden)

            browser.forgetCookies()
            _ = try await browser.register("moderator@desk.example")
            let queue = try await browser.send("/admin/careers")
            #expect(queue.text.contains("Outpatient Coder") && !queue.text.contains("<script>alert"))
            let verdict = try await browser.postRaw(
                "/admin/careers/\(id)", ["csrf": queue.token, "verdict": "approve", "revision": "1"])
            #expect(verdict.status == .seeOther)

            browser.forgetCookies()
            let page = try await browser.send("/careers/\(id)")
            #expect(page.text.contains("$28.50–34 an hour") && page.text.contains("Log in to save it"))
            let data = try #require(CareersPagesTests.structured(page.text))
            #expect(data["@type"] as? String == "JobPosting")
            #expect(try await browser.send("/careers?required=CPC&state=TX").text.contains("1 job"))
            #expect(try await browser.send("/careers?state=NY").text.contains("No job matches"))

            _ = try await browser.register("seeker@mail.example")
            let saved = try await browser.send("/careers?required=CPC")
            let kept = try await browser.postRaw(
                "/careers/searches",
                ["csrf": saved.token, "query": "required=CPC", "name": "Mine", "rhythm": "weekly"])
            #expect(kept.headers[.location] == "/careers/searches")
            #expect(try await browser.send("/careers/searches").text.contains("/careers?required=CPC"))
            let form = try await browser.send("/careers/\(id)/apply")
            let sent = try await browser.postForm(
                "/careers/\(id)/apply", ["csrf": form.token, "name": "Ada <i>Coder</i>", "cover": "=1+1"],
                file: ("resume", "../cv.pdf", "%PDF-1.7\n<< >>\n%%EOF\n"))
            #expect(sent.headers[.location] == "/careers/\(id)?done=applied", "\(sent.text)")
            let hostile = try await browser.postForm(
                "/careers/\(id)/apply", ["csrf": form.token, "name": "Ada"],
                file: ("resume", "cv.pdf", "<svg onload=alert(1)>"))
            #expect(hostile.status == .badRequest && hostile.text.contains("This is no PDF"))
            #expect(try await browser.postForm("/careers/\(id)/apply", ["name": "Ada"], file: nil).status == .forbidden)

            browser.forgetCookies()
            _ = try await browser.post(
                "/login", ["email": "employer@clinic.example", "password": "correct horse battery"])
            let applicants = try await browser.send("\(posting)/applicants")
            #expect(applicants.text.contains("Ada &lt;i&gt;Coder&lt;/i&gt;"))
            let application = try #require(applicants.value("data-application=\""))
            let moved = try await browser.postRaw(
                "/employers/applications/\(application)",
                ["csrf": applicants.token, "stage": "interview", "note": "Call on Monday."])
            #expect(moved.status == .seeOther)
            let csv = try await browser.send("\(posting)/applicants.csv")
            #expect(csv.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(csv.text.contains("\"'=1+1\"") && csv.text.contains("Interview"))
            let resume = try await browser.send("/careers/applications/\(application)/resume")
            #expect(resume.headers[.contentType] == "application/pdf")
            #expect(resume.headers[.contentDisposition]?.contains("filename=\"cv.pdf\"") == true)
            #expect(resume.text.hasPrefix("%PDF-"))
            #expect(try await browser.post(posting, ["act": "close", "reason": "filled"]).status == .seeOther)

            browser.forgetCookies()
            #expect(try await browser.send("/careers/applications/\(application)/resume").status == .seeOther)
            let closed = try await browser.send("/careers/\(id)")
            #expect(closed.text.contains("This job is closed.") && CareersPagesTests.structured(closed.text) == nil)
            #expect(try await browser.send("/v1/jobs/\(id)").text.contains("\"state\":\"closed\""))
        }
    }

    @Test("One click of a mail program ends the digests without cookies; the link of the mail only opens a form")
    func unsubscribe() async throws {
        var desk = Desk()
        desk.realJobs = try await RealJobs()
        try await desk.visit { browser in
            let form = try await browser.send("/unsubscribe?token=abc")
            #expect(form.text.contains("No more mails"))
            browser.forgetCookies()
            let done = try await browser.postRaw("/unsubscribe?token=abc", ["List-Unsubscribe": "One-Click"])
            #expect(done.status == .ok && done.text.contains("No more mails of new jobs will come"))
        }
    }

    @Test("JSON: a bearer may write; a cookie may not when another site's page asks")
    func json() async throws {
        var desk = Desk()
        desk.realJobs = try await RealJobs()
        try await desk.visit { browser in
            _ = try await browser.register("owner@clinic.example")
            let body = #"{"name": "Clinic", "domain": "clinic.example"}"#
            let byCookie = try await browser.send(
                "/v1/employers", method: .post,
                headers: [.contentType: "application/json", .origin: "https://elsewhere.example"], body: body)
            #expect(byCookie.status == .forbidden)
            #expect(try await browser.send("/v1/me/employers").status == .ok)
            let token = try #require(browser.cookies["session"])
            let byBearer = try await browser.send(
                "/v1/employers", method: .post,
                headers: [.contentType: "application/json", .authorization: "Bearer \(token)"], body: body)
            #expect(byBearer.status == .ok && byBearer.text.contains("clinic.example"))
            let search = try await browser.send("/v1/jobs?required=CPC&required=CCS&page_size=5")
            #expect(search.status == .ok && search.text.contains("\"facets\""))
            let odd = try await browser.send("/v1/jobs?state=XX")
            #expect(odd.status == .badRequest && odd.text.contains("\"field\":\"state\""))
        }
    }
}
