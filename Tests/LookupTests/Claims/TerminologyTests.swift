import Contracts
import RPC
import Testing

@testable import Lookup

@Suite("Terminology", .timeLimit(.minutes(5)))
struct TerminologyTests {
    @Test("A concept has its display, version, place and indicators")
    func describe() async throws {
        let client = try ClaimFixture().client
        let concept = try await client.describeConcept(.init(system: "icd10cm", code: "e119"))
        #expect(concept.code == "E11.9" && concept.version == "FY2026 update" && !concept.abstract && !concept.inactive)
        #expect(concept.properties.contains { $0.name == "parent" && $0.value == "E11" && $0.isCode })
        let heading = try await client.describeConcept(.init(system: "icd10cm", code: "E11"))
        #expect(heading.abstract && heading.properties.contains { $0.name == "child" && $0.value == "E11.9" })
        let supply = try await client.describeConcept(.init(system: "hcpcs", code: "A4206"))
        #expect(supply.properties.contains { $0.name == "Status" && $0.meaning == "Packaged" })
        let sample = try await client.describeConcept(.init(system: "cpt", code: "20975"))
        #expect(!sample.copyright.isEmpty)
        await #expect(throws: ServiceError.self) {
            try await client.describeConcept(.init(system: "cpt", code: "99999"))
        }
    }

    @Test(
        "A code is validated with and without its display",
        arguments: [
            ("icd10cm", "E11.9", "", true, ""),
            ("icd10cm", "e119", "type 2 diabetes mellitus without complications", true, ""),
            ("icd10cm", "E11.9", "Gout", false, "title of E11.9"),
            ("icd10cm", "E99.9", "", false, "in no loaded edition"),
            ("icd10cm", "'; --", "", false, "has not the form"), ("icd9cm", "250.00", "", false, "No edition"),
        ])
    func validate(system: String, code: String, display: String, result: Bool, words: String) async throws {
        let reply = try await ClaimFixture().client.validateCode(.init(system: system, code: code, display: display))
        #expect(reply.result == result)
        #expect(words.isEmpty || reply.message.contains(words))
        #expect(!result || !reply.display.isEmpty)
    }

    @Test(
        "Codes subsume what stands below them",
        arguments: [
            ("E11", "E11.9", "subsumes"), ("E11.9", "E11", "subsumed-by"), ("E11.9", "e119", "equivalent"),
            ("E11.9", "E10.9", "not-subsumed"), ("4", "E11.9", "subsumes"),
        ])
    func subsumes(first: String, second: String, outcome: String) async throws {
        let reply = try await ClaimFixture().client.subsumes(.init(system: "icd10cm", codeA: first, codeB: second))
        #expect(reply.outcome == outcome && reply.version == "FY2026 update")
    }

    @Test("An expansion is filtered, paged and counted to the last")
    func expand() async throws {
        let client = try ClaimFixture().client
        let all = try await client.expandCodes(.init(system: "icd10cm", billableOnly: true))
        #expect(all.total == 7 && all.entries.count == 7)
        #expect(all.entries.map(\.code) == ["E10.9", "E11.9", "M25.561", "M25.562", "M25.569", "N40.0", "P70.2"])
        let page = try await client.expandCodes(.init(system: "icd10cm", billableOnly: true, offset: 2, count: 2))
        #expect(page.entries.map(\.code) == ["M25.561", "M25.562"] && page.total == 7)
        let below = try await client.expandCodes(.init(system: "icd10cm", below: "E11"))
        #expect(below.entries.map(\.code) == ["E11.9"] && below.total == 1)
        let words = try await client.expandCodes(.init(system: "icd10cm", filter: "kne pain LEFT"))
        #expect(words.entries.map(\.code) == ["M25.562"])
        #expect(try await client.expandCodes(.init(system: "icd10cm", filter: "e11.9")).total == 1)
        #expect(try await client.expandCodes(.init(system: "icd10cm", filter: "%")).total == 16)
        #expect(try await client.expandCodes(.init(system: "icd10cm", offset: 99)).entries.isEmpty)
        let supplies = try await client.expandCodes(.init(system: "hcpcs", activeOnly: true))
        #expect(supplies.entries.allSatisfy { !$0.inactive })
        for request in [
            ReferenceAPI.ExpandCodesRequest(system: "x"),
            .init(system: "icd10cm", filter: String(repeating: "a", count: 201)),
            .init(system: "icd10cm", offset: 100_001), .init(system: "icd10cm", below: "E11;"),
        ] {
            let error = await #expect(throws: ServiceError.self) { try await client.expandCodes(request) }
            #expect(error?.kind == .invalidArgument)
        }
    }

    @Test("An expansion of CPT is cut at a thousand codes")
    func licensed() async throws {
        let client = try ClaimFixture { builder in
            try builder.begin(CatalogueFixture.edition(.cpt, "2027", from: 2027_01_01))
            for number in 0..<1_200 {
                let digits = String(number)
                let code = String(repeating: "0", count: 4 - digits.utf8.count) + digits + "X"
                try builder.add(CatalogueFixture.code(code, "Made-up title \(number)"))
            }
            try builder.end(CatalogueFixture.report(1_200))
        }.client
        let first = try await client.expandCodes(.init(system: "cpt", count: 1_000))
        #expect(first.total == 1_000 && first.isCut && first.entries.count == 1_000)
        #expect(try await client.expandCodes(.init(system: "cpt", offset: 1_000)).entries.isEmpty)
    }

    @Test("A translation has FHIR's words")
    func translate() async throws {
        let client = try ClaimFixture { builder in
            try builder.addReference(ReferenceFixture.record(.forwardMap, from: "2017-10-01", to: nil)) { writer in
                for (source, target, approximate) in [("250.00", "E11.9", true), ("719.46", "M25.569", false)] {
                    let mapping = GeneralMapping(
                        source: source, target: target, isApproximate: approximate, hasNoMap: false,
                        isCombination: false, scenario: 0, choiceList: 0)
                    try writer.add(mapping, place: 0)
                }
                return CatalogueFixture.report(2)
            }
        }.client
        let inexact = try await client.translateCode(
            .init(sourceSystem: "icd9cm", targetSystem: "icd10cm", code: "250.00"))
        #expect(inexact.result && inexact.matches.map(\.equivalence) == ["inexact"])
        let equal = try await client.translateCode(
            .init(sourceSystem: "icd9cm", targetSystem: "icd10cm", code: "71946"))
        #expect(equal.matches.map(\.equivalence) == ["equivalent"] && equal.matches[0].display.contains("knee"))
        let none = await #expect(throws: ServiceError.self) {
            try await client.translateCode(.init(sourceSystem: "cpt", targetSystem: "icd10cm", code: "20975"))
        }
        #expect(none?.kind == .notFound)
    }
}
