import Contracts
import Foundation

/// Reads JSON: an array of schema.org's `JobPosting`, or an object that holds one as `jobs` or `@graph`.
enum JSONFeed {
    private typealias Object = [String: Any]

    static func read(_ bytes: [UInt8]) throws(FeedReader.Fault) -> [FeedJob] {
        let value: Any
        do {
            value = try JSONSerialization.jsonObject(with: Data(bytes))
        } catch {
            throw FeedReader.Fault(message: "The JSON cannot be read: check it with a validator.")
        }
        let list = value as? [Any] ?? ((value as? Object)?["jobs"] ?? (value as? Object)?["@graph"]) as? [Any]
        guard let list else {
            throw FeedReader.Fault(message: "A JSON feed is an array of JobPosting, or an object with one as jobs.")
        }
        return list.prefix(FeedReader.limit + 1).compactMap { $0 as? Object }
            .filter { ($0["@type"] as? String ?? "JobPosting") == "JobPosting" }.map(job)
    }

    private static func job(_ object: Object) -> FeedJob {
        var job = FeedJob()
        job.id = text(object["identifier"]) ?? text((object["identifier"] as? Object)?["value"]) ?? ""
        job.content.title = text(object["title"]) ?? ""
        job.content.description = FeedText.plain(text(object["description"]) ?? "")
        job.content.credentialsRequired = list(object["credentialsRequired"])
        job.content.credentialsPreferred = list(object["credentialsPreferred"])
        job.content.welcomesApprentices = object["welcomesApprentices"] as? Bool ?? false
        job.content.specialties = list(object["specialties"]).map(FeedJob.specialty)
        job.content.setting = (text(object["setting"]) ?? "").lowercased()
        fillPlace(&job, object)
        job.content.employment = FeedJob.employment(list(object["employmentType"]).first ?? "")
        job.content.hoursAWeek = UInt32(text(object["workHours"])?.prefix { $0.isNumber } ?? "") ?? 0
        fillSalary(&job, object["baseSalary"] as? Object ?? [:])
        let link = text(object["url"]) ?? ""
        job.content.applyMethod = link.isEmpty ? "form" : "link"
        job.content.applyTarget = link
        job.content.validThrough = FeedJob.day(text(object["validThrough"]) ?? "")
        return job
    }

    private static func fillPlace(_ job: inout FeedJob, _ object: Object) {
        let isRemote = text(object["jobLocationType"]) == "TELECOMMUTE"
        job.content.workplace = isRemote ? "remote" : (text(object["workplace"]) ?? "onsite").lowercased()
        if isRemote {
            let required = object["applicantLocationRequirements"]
            let regions = required as? [Any] ?? (required.map { [$0] } ?? [])
            let names = regions.compactMap { text(($0 as? Object)?["name"]) }
            // The country as a whole is no list of states.
            job.content.statesAllowed = names.compactMap { USState($0)?.letters }
            return
        }
        let first = (object["jobLocation"] as? [Any])?.first as? Object ?? object["jobLocation"] as? Object ?? [:]
        let address = first["address"] as? Object ?? [:]
        job.content.place = .init(
            city: text(address["addressLocality"]) ?? "", state: text(address["addressRegion"]) ?? "",
            postalCode: String((text(address["postalCode"]) ?? "").prefix(5)))
    }

    private static func fillSalary(_ job: inout FeedJob, _ salary: Object) {
        let value = salary["value"] as? Object ?? salary
        let least = FeedJob.cents(text(value["minValue"]) ?? text(value["value"]) ?? "")
        guard least > 0 else { return }
        job.content.salary = .init(
            minimumCents: least, maximumCents: FeedJob.cents(text(value["maxValue"]) ?? ""),
            unit: FeedJob.unit(text(value["unitText"]) ?? ""))
    }

    private static func text(_ value: Any?) -> String? {
        (value as? String) ?? (value as? NSNumber).map { "\($0)" }
    }

    private static func list(_ value: Any?) -> [String] {
        if let list = value as? [Any] { return list.compactMap { text($0) } }
        return text(value).map(FeedJob.list) ?? []
    }
}
