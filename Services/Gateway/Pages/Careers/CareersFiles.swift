import Contracts
import HTTPTypes
import Hummingbird
import NIOCore
import RPC
import Runtime

/// CareerCenter for machines: an Atom feed of each search (RFC 4287), and the sitemap of open jobs (sitemaps.org).
struct CareersFiles: Sendable {
    /// Entries of a feed.
    private static let entries: UInt32 = 50

    let site: Site

    func add(to router: Router<GatewayContext>) {
        router.get("/careers.atom", use: feed)
        router.get("/careers-sitemap.xml", use: sitemap)
    }

    @Sendable func feed(_ request: Request, context: GatewayContext) async throws -> Response {
        var query = CareersQuery(try FormFields.pairs(request.uri.query ?? "")).without("sort")
        query.pageToken = ""
        var message = query.request(pageSize: Self.entries)
        message.sort = "date"
        let asked = message
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.searchJobs(asked, options: site.jobsOptions(nil, context))
        }
        let origin = site.origin.description
        // Without a job there is no later moment than the first one of all.
        let updated = reply.jobs.map(\.publishedAt).max() ?? "1970-01-01T00:00:00Z"
        var text = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
            <title>\(Self.escaped(query.value("q").isEmpty ? "Jobs for coders" : "Jobs for coders: \(query.value("q"))"))</title>
            <id>\(Self.escaped(origin + query.path(at: "/careers.atom")))</id>
            <updated>\(updated)</updated>
            <author><name>CareerCenter</name></author>
            <link rel="self" type="application/atom+xml" href="\(Self.escaped(origin + query.path(at: "/careers.atom")))"/>
            <link rel="alternate" type="text/html" href="\(Self.escaped(origin + query.path()))"/>

            """
        for job in reply.jobs {
            let facts = [job.employerName, job.place, job.salary, job.credentialsRequired.joined(separator: ", ")]
            text += """
                <entry><title>\(Self.escaped(job.title))</title><id>\(origin)/careers/\(job.id)</id>\
                <link rel="alternate" type="text/html" href="\(origin)/careers/\(job.id)"/>\
                <published>\(job.publishedAt)</published><updated>\(job.publishedAt)</updated>\
                <summary>\(Self.escaped(facts.filter { !$0.isEmpty }.joined(separator: " · ")))</summary></entry>

                """
        }
        return Self.reply(text + "</feed>\n", type: "application/atom+xml; charset=utf-8")
    }

    @Sendable func sitemap(_ request: Request, context: GatewayContext) async throws -> Response {
        let reply = try await asking(.jobs) { () throws(ServiceError) in
            try await site.services.jobs.listSitemap(
                JobsAPI.ListSitemapRequest(pageToken: site.query(of: request)["after"]),
                options: site.jobsOptions(nil, context))
        }
        let lines = reply.entries.map {
            "<url><loc>\(site.origin)/careers/\($0.id)</loc><lastmod>\($0.updatedAt)</lastmod></url>\n"
        }
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + lines.joined() + "</urlset>\n"
        var response = Self.reply(text, type: "application/xml; charset=utf-8")
        if !reply.nextPageToken.isEmpty {
            let next = "/careers-sitemap.xml" + PercentCoding.query([(name: "after", value: reply.nextPageToken)])
            response.headers[HTTPField.Name.link] = "<\(site.origin)\(next)>; rel=\"next\""
        }
        return response
    }

    private static func reply(_ text: String, type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=300"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// XML 1.0 text: its own signs escaped, characters that it does not know left out.
    static func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
            case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                out.append(scalar)
            default: break
            }
        }
        return String(out)
    }
}
