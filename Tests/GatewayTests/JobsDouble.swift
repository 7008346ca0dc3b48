import Contracts
import RPC

/// Stands for the Jobs process.
struct JobsDouble: JobsAPI.Service {
    static let open = "0123456789abcdef"
    static let closed = "fedcba9876543210"

    func listCredentials(
        _ request: JobsAPI.ListCredentialsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListCredentialsReply {
        JobsAPI.ListCredentialsReply(credentials: [
            JobsAPI.Credential(
                abbreviation: "CPC-A", name: "Certified Professional Coder – Apprentice", awardedBy: "AAPC")
        ])
    }

    func searchJobs(
        _ request: JobsAPI.SearchJobsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.SearchJobsReply {
        guard request.near != "nowhere" else {
            throw ServiceError(.invalidArgument, "near: No such place is known.", field: "near")
        }
        return JobsAPI.SearchJobsReply(
            jobs: [Self.summary(Self.open, "published")],
            facets: [
                JobsAPI.JobFacet(
                    field: "required", values: [JobsAPI.JobFacetValue(value: "CPC", label: "CPC", count: 7)]),
                JobsAPI.JobFacet(
                    field: "workplace", values: [JobsAPI.JobFacetValue(value: "remote", label: "Remote", count: 5)]),
            ],
            total: 41, nextPageToken: "later", tookMicros: 900)
    }

    func getJob(_ request: JobsAPI.GetJobRequest, context: CallContext) async throws(ServiceError) -> JobsAPI.Job {
        switch request.id {
        case Self.open: return Self.job(Self.open, "published")
        case Self.closed: return Self.job(Self.closed, "closed")
        default: throw ServiceError(.notFound, "There is no such posting.")
        }
    }

    func followApplyLink(
        _ request: JobsAPI.FollowApplyLinkRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.FollowApplyLinkReply {
        JobsAPI.FollowApplyLinkReply(method: "link", target: "https://jobs.example/17")
    }

    func reportJob(
        _ request: JobsAPI.ReportJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ReportJobReply {
        guard !context.principal.isEmpty else { throw ServiceError(.unauthenticated, "Log in first.") }
        return JobsAPI.ReportJobReply()
    }

    func listSitemap(
        _ request: JobsAPI.ListSitemapRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListSitemapReply {
        JobsAPI.ListSitemapReply(entries: [JobsAPI.SitemapEntry(id: Self.open, updatedAt: "2026-11-20T10:00:00Z")])
    }

    static func summary(_ id: String, _ state: String) -> JobsAPI.JobSummary {
        JobsAPI.JobSummary(
            id: id, title: "Coder <b>of</b> \"hearts\"", employerId: "e123456789abcdef", employerName: "Clinic & Sons",
            place: "Remote (TX, OK)", workplace: "remote", employment: "full_time", credentialsRequired: ["CPC"],
            welcomesApprentices: true, salary: "$28–34.50 an hour", dollarsAYearMinimum: 58_240,
            dollarsAYearMaximum: 71_760, publishedAt: "2026-11-20T10:00:00Z", state: state)
    }

    static func job(_ id: String, _ state: String) -> JobsAPI.Job {
        JobsAPI.Job(
            id: id, state: state,
            content: JobsAPI.JobContent(
                title: "Coder <b>of</b> \"hearts\"",
                description: """
                    You code **outpatient** charts.

                    <script>alert(1)</script>

                    - [apply](javascript:alert(2)) now
                    - <img src=x onerror=alert(3)>

                    ![picture](https://track.example/p.png) [site](https://clinic.example/a?b=1&c=2)
                    """,
                credentialsRequired: ["CPC"], credentialsPreferred: ["CCS"], welcomesApprentices: true,
                specialties: ["cardiology"], setting: "professional", workplace: "remote",
                statesAllowed: ["TX", "OK"], employment: "full_time", hoursAWeek: 40,
                salary: JobsAPI.Salary(minimumCents: 2_800, maximumCents: 3_450, unit: "hour"),
                productivity: "20 charts a day", records: ["Epic"], encoders: ["TruCode"],
                benefits: ["</script><script>alert(4)</script>"], applyMethod: "link",
                applyTarget: "https://jobs.example/17", validThrough: "2026-12-20"),
            employer: JobsAPI.Employer(
                id: "e123456789abcdef", name: "Clinic & Sons", domain: "clinic.example",
                website: "https://clinic.example/", verified: true, openJobs: 3),
            summary: summary(id, state), publishedAt: "2026-11-20T10:00:00Z",
            closedAt: state == "closed" ? "2026-11-22T00:00:00Z" : "",
            closeReason: state == "closed" ? "expired" : "", revision: 1, similar: [summary(open, "published")],
            updatedAt: "2026-11-21T10:00:00Z")
    }
}
