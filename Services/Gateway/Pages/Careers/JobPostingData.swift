import Contracts
import Foundation

/// An open job as `JobPosting` of schema.org, in JSON-LD, for the search engines that list jobs. The properties are those
/// that schema.org/JobPosting defines and that the documentation of job search features requires or recommends: a remote
/// job has `jobLocationType` `TELECOMMUTE` and says where its applicants may live.
struct JobPostingData {
    /// For a `<script type="application/ld+json">`: no text in it can end the element.
    let text: String

    init(_ job: JobsAPI.Job, origin: String) {
        let content = job.content ?? JobsAPI.JobContent()
        let employer = job.employer ?? JobsAPI.Employer()
        var posting: [String: any Sendable] = [
            "@context": "https://schema.org/", "@type": "JobPosting", "title": content.title,
            "description": Markdown.html(content.description),
            "identifier": ["@type": "PropertyValue", "name": employer.name, "value": job.id],
            "datePosted": String(job.publishedAt.prefix(10)), "validThrough": content.validThrough + "T23:59:59Z",
            "employmentType": Self.employmentType(content.employment),
            "hiringOrganization": Self.organisation(employer), "directApply": content.applyMethod == "form",
            "url": "\(origin)/careers/\(job.id)", "industry": "Medical coding and billing",
        ]
        if content.workplace == "remote" {
            posting["jobLocationType"] = "TELECOMMUTE"
            posting["applicantLocationRequirements"] = Self.regions(content.statesAllowed)
        } else if let place = content.place {
            posting["jobLocation"] = Self.location(place)
        }
        if let salary = content.salary, salary.minimumCents > 0 { posting["baseSalary"] = Self.salary(salary) }
        if !content.credentialsRequired.isEmpty {
            posting["educationRequirements"] = [
                "@type": "EducationalOccupationalCredential", "credentialCategory": "professional certificate",
                "name": content.credentialsRequired.joined(separator: ", "),
            ]
        }
        if content.hoursAWeek > 0 { posting["workHours"] = "\(content.hoursAWeek) hours a week" }
        if !content.benefits.isEmpty { posting["jobBenefits"] = content.benefits.joined(separator: ", ") }
        if !content.productivity.isEmpty { posting["responsibilities"] = content.productivity }
        text = Self.escaped(posting)
    }

    private static func employmentType(_ value: String) -> String { value.uppercased() }

    private static func organisation(_ employer: JobsAPI.Employer) -> [String: String] {
        var organisation = ["@type": "Organization", "name": employer.name]
        if !employer.website.isEmpty { organisation["sameAs"] = employer.website }
        return organisation
    }

    private static func regions(_ states: [String]) -> [[String: String]] {
        guard !states.isEmpty else { return [["@type": "Country", "name": "USA"]] }
        return states.map { ["@type": "State", "name": "\($0), USA"] }
    }

    private static func location(_ place: JobsAPI.Place) -> [String: any Sendable] {
        var address = [
            "@type": "PostalAddress", "addressLocality": place.city, "addressRegion": place.state,
            "addressCountry": "US",
        ]
        if !place.postalCode.isEmpty { address["postalCode"] = place.postalCode }
        return ["@type": "Place", "address": address]
    }

    private static func salary(_ salary: JobsAPI.Salary) -> [String: any Sendable] {
        var value: [String: any Sendable] = ["@type": "QuantitativeValue", "unitText": salary.unit.uppercased()]
        let (least, most) = (Double(salary.minimumCents) / 100, Double(salary.maximumCents) / 100)
        if most == 0 || most == least {
            value["value"] = least
        } else {
            value["minValue"] = least
            value["maxValue"] = most
        }
        return ["@type": "MonetaryAmount", "currency": "USD", "value": value]
    }

    private static func escaped(_ posting: [String: any Sendable]) -> String {
        // try?: strings, numbers and lists of them are always JSON.
        guard let data = try? JSONSerialization.data(withJSONObject: posting, options: [.sortedKeys]) else { return "" }
        return String(decoding: data, as: UTF8.self).replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
            .replacing("&", with: "\\u0026").replacing("\u{2028}", with: "\\u2028")
            .replacing("\u{2029}", with: "\\u2029")
    }
}
