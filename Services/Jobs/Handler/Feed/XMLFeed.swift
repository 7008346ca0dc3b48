import Contracts
import Foundation
import FoundationXML

/// Reads the XML that job boards take: `<source><job><referencenumber>…</referencenumber><title>…</title>…</job></source>`.
final class XMLFeed: NSObject, XMLParserDelegate {
    /// Characters of one element: a description with its markup.
    private static let longest = 100_000

    private var jobs: [FeedJob] = []
    private var fields: [String: String]?
    private var name = ""
    private var text = ""
    /// Elements that are open; a text that breaks off leaves some.
    private var depth = 0
    private var isBroken = false

    static func read(_ bytes: [UInt8]) throws(FeedReader.Fault) -> [FeedJob] {
        let data = Data(bytes)
        // Entities of a feed's own can grow without bounds and read files; no job board's feed has any.
        guard data.range(of: Data("<!DOCTYPE".utf8)) == nil, data.range(of: Data("<!ENTITY".utf8)) == nil else {
            throw FeedReader.Fault(message: "A feed with a DOCTYPE is not read: leave it out.")
        }
        let parser = XMLParser(data: data)
        parser.shouldResolveExternalEntities = false
        parser.shouldProcessNamespaces = false
        let feed = XMLFeed()
        parser.delegate = feed
        guard parser.parse(), !feed.isBroken, feed.depth == 0 else {
            throw FeedReader.Fault(message: "The XML breaks off at line \(parser.lineNumber).")
        }
        return feed.jobs
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        depth += 1
        if element == "job" { fields = [:] }
        name = element.lowercased()
        text = ""
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) { isBroken = true }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { add(characters) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) { add(String(decoding: block, as: UTF8.self)) }

    func parser(
        _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
        depth -= 1
        if element == "job", let fields {
            // One more than the limit is enough to say so.
            if jobs.count <= FeedReader.limit { jobs.append(Self.job(fields)) }
            self.fields = nil
        } else if fields != nil, element.lowercased() == name {
            fields?[name] = text.trimmed
        }
        text = ""
    }

    private func add(_ characters: String) {
        if fields != nil, text.utf8.count < Self.longest { text += characters }
    }

    private static func job(_ fields: [String: String]) -> FeedJob {
        func field(_ names: String...) -> String { names.lazy.compactMap { fields[$0] }.first { !$0.isEmpty } ?? "" }
        var job = FeedJob()
        job.id = field("referencenumber", "id", "guid")
        job.content.title = field("title")
        job.content.description = FeedText.plain(field("description"))
        job.content.credentialsRequired = FeedJob.list(field("credentials", "credentialsrequired"))
        job.content.credentialsPreferred = FeedJob.list(field("credentialspreferred"))
        job.content.welcomesApprentices = ["yes", "true", "1"].contains(field("apprentices").lowercased())
        job.content.specialties = FeedJob.list(field("specialties", "specialty")).map(FeedJob.specialty)
        job.content.setting = field("setting").lowercased()
        let remote = field("remotetype", "workplace", "remote").lowercased()
        let words = ["fully remote": "remote", "yes": "remote", "true": "remote", "on-site": "onsite", "no": "onsite"]
        job.content.workplace = words[remote] ?? remote
        job.content.statesAllowed = FeedJob.list(field("statesallowed"))
        if job.content.workplace != "remote" {
            job.content.place = .init(
                city: field("city"), state: field("state"), postalCode: String(field("postalcode", "zip").prefix(5)))
        }
        job.content.employment = FeedJob.employment(field("jobtype", "employmenttype"))
        job.content.hoursAWeek = UInt32(field("hours")) ?? 0
        let least = FeedJob.cents(field("salarymin", "salary"))
        if least > 0 {
            job.content.salary = .init(
                minimumCents: least, maximumCents: FeedJob.cents(field("salarymax")),
                unit: FeedJob.unit(field("salaryunit")))
        }
        let link = field("url")
        job.content.applyMethod = link.isEmpty ? (field("email").isEmpty ? "form" : "email") : "link"
        job.content.applyTarget = link.isEmpty ? field("email") : link
        job.content.validThrough = FeedJob.day(field("expirationdate", "validthrough"))
        return job
    }
}
