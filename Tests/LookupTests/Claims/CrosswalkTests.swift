import Contracts
import RPC
import Testing

@testable import Lookup

@Suite("Crosswalks", .timeLimit(.minutes(5)))
struct CrosswalkTests {
    private static func mapping(_ source: String, _ target: String, _ flags: [Int]) -> GeneralMapping {
        GeneralMapping(
            source: source, target: target, isApproximate: flags[0] == 1, hasNoMap: flags[1] == 1,
            isCombination: flags[2] == 1, scenario: flags[3], choiceList: flags[4])
    }

    private func fixture() throws -> ClaimFixture {
        try ClaimFixture { builder in
            try builder.addReference(ReferenceFixture.record(.forwardMap, from: "2017-10-01", to: nil)) { writer in
                try writer.add(Self.mapping("250.00", "E11.9", [1, 0, 0, 0, 0]), place: 0)
                try writer.add(Self.mapping("909.0", "E10.9", [1, 0, 1, 1, 1]), place: 0)
                try writer.add(Self.mapping("909.0", "E11.9", [1, 0, 1, 1, 2]), place: 1)
                try writer.add(Self.mapping("E849.0", "", [1, 1, 0, 0, 0]), place: 0)
                return CatalogueFixture.report(4)
            }
        }
    }

    @Test("A code comes to its targets with the flags explained")
    func targets() async throws {
        let client = try fixture().client
        let single = try await client.getCrosswalk(.init(map: "icd9cm-icd10cm", code: "25000"))
        #expect(single.from?.code == "250.00")
        #expect(single.targets.map { $0.to?.title } == ["Type 2 diabetes mellitus without complications"])
        #expect(single.targets[0].approximate && single.targets[0].explanation.contains("not mean quite the same"))
        let combined = try await client.getCrosswalk(.init(map: "icd9cm-icd10cm", code: "909.0"))
        #expect(combined.targets.map(\.choiceList) == [1, 2])
        #expect(combined.explanation.contains("Scenario 1: 2 codes"))
        let none = try await client.getCrosswalk(.init(map: "icd9cm-icd10cm", code: "E8490"))
        #expect(none.targets.map(\.noMap) == [true] && none.targets[0].to?.code == "")
    }

    @Test(
        "What has no answer says why",
        arguments: [
            ("icd9cm-icd10cm", "250.01", ServiceError.Kind.notFound), ("icd10cm-icd9cm", "E11.9", .notFound),
            ("icd9cm-icd10cm", "x y z", .invalidArgument), ("moon", "E11.9", .invalidArgument),
        ])
    func refusals(map: String, code: String, kind: ServiceError.Kind) async throws {
        let client = try fixture().client
        let error = await #expect(throws: ServiceError.self) {
            try await client.getCrosswalk(.init(map: map, code: code))
        }
        #expect(error?.kind == kind)
    }
}
