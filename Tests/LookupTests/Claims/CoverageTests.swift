import Contracts
import RPC
import Testing

@testable import Lookup

@Suite("Coverage and drugs", .timeLimit(.minutes(5)))
struct CoverageTests {
    private func fixture() throws -> ClaimFixture {
        try ClaimFixture { builder in
            let index = ReferenceFixture.record(.coverageDocuments, from: "2025-08-14", to: nil, edition: "August 2025")
            try builder.addReference(index) { writer in
                func add(_ id: String, _ kind: String, _ title: String, _ contractor: String, _ days: [String]) throws {
                    let document = CoverageDocument(
                        key: id, variant: "3",
                        fields: [kind, title, contractor] + days + ["", "https://www.cms.gov/\(id)"])
                    if let document { try writer.add(document) }
                }
                let palmetto = "Palmetto GBA (MAC - Part A, MAC - Part B)"
                try add("L1", "LCD", "Vitamin D Assay Testing", palmetto, ["2020-01-01", "", "2025-01-01"])
                try add(
                    "L2", "LCD", "Vitamin D and others", "CGS Administrators, LLC (DME MAC)", ["2021-01-01", "", ""])
                try add("A3", "Article", "Billing and Coding: Vitamin D", palmetto, ["2022-01-01", "2025-01-01", ""])
                try add("L4", "LCD", "Future vitamin", palmetto, ["2040-01-01", "", ""])
                return CatalogueFixture.report(4)
            }
            try builder.addReference(ReferenceFixture.record(.drugCodes, from: "2026-01-01")) { writer in
                for (code, ndc) in [("A4206", "00270701546"), ("A4206", "00270701548")] {
                    let product = DrugProduct(
                        key: code, variant: ndc, fields: ["Drug", "A labeler", "1 ML", "30", "25", "30", "750"])
                    if let product { try writer.add(product) }
                }
                return CatalogueFixture.report(2)
            }
        }
    }

    @Test("Documents in effect are found by words, id, state, contractor and kind")
    func find() async throws {
        let client = try fixture().client
        func ids(_ request: ReferenceAPI.FindCoverageRequest) async throws -> [String] {
            try await client.findCoverage(request).documents.map(\.id)
        }
        #expect(try await ids(.init(q: "vitamin d")) == ["L2", "L1"])
        #expect(try await ids(.init(q: "vitamin d", on: "2024-06-01")) == ["A3", "L2", "L1"])
        #expect(try await ids(.init(q: "l1")) == ["L1"])
        #expect(try await ids(.init(state: "ga")) == ["L2", "L1"])
        #expect(try await ids(.init(state: "nc", contractor: "palmetto")) == ["L1"])
        #expect(try await ids(.init(contractor: "palmetto", kind: "lcd")) == ["L1"])
        #expect(try await ids(.init(q: "cholera")).isEmpty)
        let first = try await client.findCoverage(.init(q: "vitamin", pageSize: 1))
        #expect(first.total == 2 && first.documents.map(\.id) == ["L2"])
        let second = try await client.findCoverage(.init(q: "vitamin", pageSize: 1, pageToken: first.nextPageToken))
        #expect(second.documents.map(\.id) == ["L1"] && second.nextPageToken.isEmpty)
        #expect(first.notice.contains("National coverage determinations are not loaded"))
        #expect(first.sources.map(\.edition) == ["August 2025"])
        for request in [ReferenceAPI.FindCoverageRequest(state: "ZZ"), .init(kind: "x"), .init(on: "x")] {
            let error = await #expect(throws: ServiceError.self) { try await client.findCoverage(request) }
            #expect(error?.kind == .invalidArgument)
        }
        let unloaded = await #expect(throws: ServiceError.self) {
            try await ClaimFixture().client.findCoverage(.init())
        }
        #expect(unloaded?.kind == .notFound)
    }

    @Test("Drugs go both ways")
    func drugs() async throws {
        let client = try fixture().client
        let code = try await client.getCrosswalk(.init(map: "ndc-hcpcs", code: "270-7015-46"))
        #expect(code.targets.map { $0.to?.code } == ["A4206"] && code.from?.code == "00270-7015-46")
        #expect(code.targets[0].package?.billingUnitsPerPackage == "750")
        let packages = try await client.getCrosswalk(.init(map: "hcpcs-ndc", code: "a4206"))
        #expect(packages.targets.map { $0.to?.code } == ["00270-7015-46", "00270-7015-48"])
        for (map, text, kind) in [
            ("ndc-hcpcs", "123", ServiceError.Kind.invalidArgument), ("ndc-hcpcs", "00000000000", .notFound),
            ("hcpcs-ndc", "A4207", .notFound), ("hcpcs-ndc", "?", .invalidArgument),
        ] {
            let error = await #expect(throws: ServiceError.self) {
                try await client.getCrosswalk(.init(map: map, code: text))
            }
            #expect(error?.kind == kind)
        }
    }
}
