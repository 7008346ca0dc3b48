import Contracts
import HTTPTypes
import Schema
import Testing

@testable import Gateway

@Suite("FHIR and Clinical Tables")
struct FHIRTests {
    private static let lookup = "/fhir/CodeSystem/$lookup?system=http://hl7.org/fhir/sid/icd-10-cm&code=E11.9"
    private static let licensed = "/fhir/CodeSystem/$lookup?system=http://www.ama-assn.org/go/cpt&code=20975"

    private func resource(_ page: Page) throws -> JSONValue {
        #expect(page.headers[.contentType] == "application/fhir+json")
        return try JSONValue(Array(page.text.utf8))
    }

    @Test("A look-up is counted as the page, shares its grant, and is refused when nothing is left")
    func metering() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let nobody = try await browser.send(Self.lookup)
            #expect(nobody.status == .unauthorized)
            #expect(try resource(nobody)["issue"]?.elements.first?["code"] == "login")
            try await browser.send("/codes/icd10cm/E11.9")
            let counted = desk.accounts.opens.count
            let same = try await browser.send(Self.lookup)
            #expect(same.status == .ok && same.headers[.cacheControl] == "private, no-cache")
            #expect(desk.accounts.opens.count == counted + 1)
            #expect(desk.accounts.opens.last?.item == "icd10cm/E11.9")
            let head = try await browser.send(Self.lookup, method: .head)
            #expect(head.status == .ok && desk.accounts.opens.count == counted + 1)
            let refused = try await browser.send(Self.licensed)
            #expect(refused.status == .tooManyRequests && !refused.text.contains("Electrical"))
            #expect(try resource(refused)["issue"]?.elements.first?["code"] == "throttled")
            #expect(refused.headers[.retryAfter] != nil)
        }
    }

    @Test("Licensed words come only for who may see them, and the owner's notice always")
    func licence() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            _ = try await browser.register("ada@example.org")
            let without = try await browser.send(Self.licensed + "&property=billable")
            #expect(!without.text.contains(LookupDouble.licensed) && without.text.contains("© Owner"))
            desk.accounts.license(.termsNeeded)
            #expect(!(try await browser.send(Self.licensed)).text.contains(LookupDouble.licensed))
            desk.accounts.license(.allowed)
            #expect(try await browser.send(Self.licensed).text.contains(LookupDouble.licensed))
            #expect(desk.accounts.usedLicences == ["account-ada cpt/20975"])
        }
    }

    @Test("What is wrong is an OperationOutcome with FHIR's word for it")
    func failures() async throws {
        try await Desk().visit { browser in
            for (path, status, code) in [
                ("/fhir/CodeSystem/$lookup?code=E11.9", 400, "required"),
                ("/fhir/CodeSystem/$lookup?system=urn:x&code=E11.9", 404, "not-found"),
                ("/fhir/CodeSystem/$nothing", 404, "not-found"), ("/fhir/Patient/1", 404, "not-found"),
                (
                    "/fhir/ValueSet/$expand?url=http://hl7.org/fhir/sid/icd-10-cm?fhir_vs&offset=100001", 429,
                    "too-costly"
                ),
                ("/fhir/ValueSet/$expand?url=http://hl7.org/fhir/sid/icd-10-cm?fhir_vs%3Dx/y", 501, "not-supported"),
                ("/fhir/CodeSystem?nonsense=1", 400, "invalid"), ("/fhir/metadata?_format=xml", 406, "invalid"),
            ] {
                let page = try await browser.send(path)
                #expect(page.status.code == status, "\(path)")
                #expect(try resource(page)["issue"]?.elements.first?["code"]?.string == code, "\(path)")
            }
            let made = try await browser.send("/fhir/CodeSystem", method: .post, body: "{}")
            #expect(made.status == .methodNotAllowed && made.headers[.allow] == "GET, HEAD")
        }
    }

    @Test("Clinical Tables answer in the service's shape")
    func clinicalTables() async throws {
        try await Desk().visit { browser in
            let address = "/clinicaltables/api/hcpcs/v3/search?terms=syr"
            let all = try JSONValue(Array(try await browser.send(address).text.utf8))
            #expect(all.elements.count == 4 && all.elements[2] == .null)
            #expect(all.elements[1].elements.count == all.elements[3].elements.count)
            let two = try JSONValue(
                Array(try await browser.send(address + "&count=2&offset=1&df=code&ef=display").text.utf8))
            #expect(two.elements[0] == all.elements[0])
            #expect(two.elements[1] == ["A4207", "A4208"])
            #expect(two.elements[2]["display"]?.elements.count == 2)
            #expect(two.elements[3] == [["A4207"], ["A4208"]])
            for wrong in ["&q=x", "&df=nothing", "&count=-1", "&offset=7499&count=7", "&unknown=1"] {
                #expect(try await browser.send(address + wrong).status == .badRequest, "\(wrong)")
            }
            #expect(try await browser.send("/clinicaltables/api/nothing/v3/search?terms=a").status == .notFound)
        }
    }
}
