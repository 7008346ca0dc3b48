import Contracts
import Testing

@testable import Lookup

@Suite("A claim's diagnoses", .timeLimit(.minutes(5)))
struct ClaimDiagnosisTests {
    private func check(
        _ diagnoses: [String], age: UInt32 = 0, sex: String = "", date: String = ClaimFixture.date
    ) async throws -> ReferenceAPI.CheckClaimReply {
        try await ClaimFixture().check(
            [ReferenceAPI.ClaimLine(code: "0001X")], diagnoses: diagnoses, age: age, sex: sex, date: date)
    }

    @Test(
        "Validity on the date, and what is missing",
        arguments: [
            (["e119"], "2026-02-03", "pass", ""), (["E11"], "2026-02-03", "fail", "needs more characters"),
            (["E99.9"], "2026-02-03", "fail", "no ICD-10-CM code"), (["E11.9"], "2031-02-03", "no_data", "not known"),
        ] as [([String], String, String, String)])
    func validity(codes: [String], date: String, verdict: String, words: String) async throws {
        let reply = try await check(codes, date: date)
        #expect(reply.verdicts(.diagnosisValidity) == [verdict])
        #expect(words.isEmpty || reply.of(.diagnosisValidity).first?.message.contains(words) == true)
        if words == "needs more characters" {
            #expect(reply.of(.diagnosisValidity).first?.action.contains("E11.9") == true)
        }
    }

    @Test("Excludes1 notes count at the code and at every heading above, once a pair")
    func exclusions() async throws {
        let siblings = try await check(["E11.9", "E10.9"])
        #expect(siblings.verdicts(.excludes1) == ["fail"])
        let finding = try #require(siblings.of(.excludes1).first)
        #expect(finding.diagnoses == [1, 2] && finding.message.contains("inherited from E11"))
        let chapter = try await check(["P70.2", "E11.9"])
        #expect(chapter.of(.excludes1).first?.diagnoses == [2, 1])
        #expect(chapter.of(.excludes1).first?.message.contains("inherited from 4") == true)
        #expect(try await check(["E11.9", "M25.561"]).verdicts(.excludes1) == ["pass"])
        #expect(try await check(["E11.9", "E11.9"]).verdicts(.excludes1) == ["pass"])
    }

    @Test("What may not come first")
    func principal() async throws {
        #expect(try await check(["M25.561"]).verdicts(.manifestation) == ["fail"])
        #expect(try await check(["P70.2"]).verdicts(.principalDiagnosis) == ["fail"])
        #expect(try await check(["W18.11XA"]).verdicts(.principalDiagnosis) == ["fail"])
        let later = try await check(["E11.9", "M25.561", "P70.2"])
        #expect(later.verdicts(.manifestation) == ["pass"])
        #expect(later.verdicts(.principalDiagnosis) == ["pass"])
        #expect(try await check(["E11.9"], date: "2026-04-01").verdicts(.principalDiagnosis) == ["no_data"])
    }

    @Test("Ages and sexes")
    func patient() async throws {
        #expect(try await check(["E10.9"], age: 18).verdicts(.diagnosisAge) == ["fail"])
        #expect(try await check(["E10.9"], age: 17).verdicts(.diagnosisAge) == ["pass"])
        #expect(try await check(["E10.9"]).verdicts(.diagnosisAge).isEmpty)
        let sex = try await check(["N40.0"], sex: "female")
        #expect(sex.verdicts(.diagnosisSex) == ["fail"])
        #expect(sex.of(.diagnosisSex).first?.message.contains("N40-N53") == true)
        #expect(try await check(["N40.0"], sex: "M").verdicts(.diagnosisSex) == ["pass"])
    }

    @Test("A side left open names the codes that say it")
    func laterality() async throws {
        let open = try await check(["M25.569"])
        #expect(open.verdicts(.laterality) == ["fail"])
        let message = try #require(open.of(.laterality).first?.message)
        #expect(message.contains("M25.561 (Pain in right knee)") && message.contains("M25.562 (Pain in left knee)"))
        #expect(try await check(["M25.562"]).verdicts(.laterality) == ["pass"])
    }

    @Test("Lines without a pointer beside lines with one, and files asked")
    func pointers() async throws {
        let fixture = try ClaimFixture()
        let reply = try await fixture.check(
            [
                ReferenceAPI.ClaimLine(code: "0001X", diagnosisPointers: [1]), ReferenceAPI.ClaimLine(code: "0006X"),
            ], diagnoses: ["E11.9"])
        #expect(reply.of(.diagnosisPointer).map(\.line) == [2])
        #expect(reply.failed == 1)
        #expect(Set(reply.loaded.map(\.name)).count == reply.loaded.count)
        #expect(
            reply.loaded.contains { $0.edition == "2026 Q1" } && reply.loaded.contains { $0.edition == "FY2026 update" }
        )
        #expect(reply.findings.first?.line == 0)
    }
}
