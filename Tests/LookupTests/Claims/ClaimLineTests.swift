import Contracts
import RPC
import Testing

@testable import Lookup

@Suite("A claim's lines", .timeLimit(.minutes(5)))
struct ClaimLineTests {
    private typealias Line = ReferenceAPI.ClaimLine

    @Test(
        "A pair of NCCI fails, is bypassed or passes by its indicator, the modifiers and the date",
        arguments: [
            ("0002X", [], [], "2026-02-03", "fail"), ("0002X", ["59"], [], "2026-02-03", "bypassed"),
            ("0002X", [], ["XS"], "2026-02-03", "bypassed"), ("0002X", ["22"], [], "2026-02-03", "fail"),
            ("0003X", ["59"], [], "2026-02-03", "fail"), ("0004X", [], [], "2026-02-02", "fail"),
            ("0004X", [], [], "2026-02-03", "pass"), ("0005X", [], [], "2026-01-01", "pass"),
            ("0006X", [], [], "2026-02-03", "pass"), ("0002X", [], [], "2026-04-01", "no_data"),
        ] as [(String, [String], [String], String, String)])
    func pairs(
        second: String, modifiers: [String], firstModifiers: [String], date: String, verdict: String
    ) async throws {
        let fixture = try ClaimFixture()
        let reply = try await fixture.check(
            [Line(code: second, modifiers: modifiers), Line(code: "0001X", modifiers: firstModifiers)], date: date)
        #expect(reply.verdicts(.pairs) == [verdict])
        let finding = try #require(reply.of(.pairs).first)
        if verdict == "fail" || verdict == "bypassed" {
            #expect(finding.line == 1 && finding.otherLines == [2])
            #expect(finding.message.contains(second) && finding.message.contains("0001X"))
            #expect(finding.message.contains("Made-up reason"))
            #expect(finding.source?.edition == "2026 Q1" && finding.quarter == "2026 Q1")
            #expect(finding.effectiveDate.isEmpty == false && !finding.action.isEmpty)
        }
        if verdict == "no_data" {
            #expect(finding.source == nil)
            #expect(finding.message.contains("2026 Q1 (2026-01-01 to 2026-03-31)"))
        }
    }

    @Test("Each column-two line is judged by itself, and lines of other days do not meet")
    func pairLines() async throws {
        let fixture = try ClaimFixture()
        let three = try await fixture.check([
            Line(code: "0001X"), Line(code: "0002X", modifiers: ["59"]), Line(code: "0002X"),
        ])
        #expect(three.of(.pairs).map(\.verdict) == ["bypassed", "fail"])
        #expect(three.of(.pairs).map(\.line) == [2, 3])
        let apart = try await fixture.check([
            Line(code: "0001X"), Line(code: "0002X", dateOfService: "2026-02-04"),
        ])
        #expect(apart.verdicts(.pairs) == ["pass", "pass"])
        let side = try await fixture.check([
            Line(code: "0001X", modifiers: ["LT"]), Line(code: "0002X", modifiers: ["LT"]),
        ])
        #expect(side.of(.pairs).first?.message.contains("same place (LT)") == true)
    }

    @Test("The setting decides which edits are asked; another's are never put in their place")
    func settings() async throws {
        let fixture = try ClaimFixture()
        let lines = [Line(code: "0001X"), Line(code: "0003X")]
        for (setting, verdicts) in [
            ("practitioner", ["fail"]), ("asc", ["fail"]), ("", ["fail"]), ("outpatient-hospital", ["no_data"]),
            ("dme-supplier", []),
        ] {
            let reply = try await fixture.check(lines, setting: setting)
            #expect(reply.verdicts(.pairs) == verdicts, "\(setting)")
        }
        let hospital = try await fixture.check(lines, setting: "outpatient-hospital")
        #expect(hospital.of(.units).first?.message.contains("outpatient hospitals") == true)
    }

    @Test(
        "Units are measured by line or by day, as the adjudication indicator says",
        arguments: [
            ("0001X", [2, 2], "pass"), ("0001X", [3, 1], "fail"), ("0002X", [1, 1], "pass"), ("0002X", [2, 1], "fail"),
            ("0003X", [2, 1], "fail"), ("0006X", [9, 9], "no_data"),
        ] as [(String, [UInt32], String)])
    func units(code: String, units: [UInt32], verdict: String) async throws {
        let fixture = try ClaimFixture()
        let reply = try await fixture.check(units.map { Line(code: code, units: $0) })
        #expect(reply.verdicts(.units) == [verdict])
        if verdict == "fail", code != "0001X" {
            #expect(reply.of(.units).first?.otherLines == [2])
            #expect(reply.of(.units).first?.message.contains("3 units on the day; at most 2") == true)
        }
    }

    @Test(
        "An add-on code needs a primary code of the day, by its type",
        arguments: [
            (["0010X"], "fail"), (["0010X", "0001X"], "pass"), (["0010X", "0002X"], "fail"),
            (["0011X", "0001X"], "no_data"), (["0012X"], "no_data"), (["0012X", "0002X"], "pass"), (["0001X"], "pass"),
        ] as [([String], String)])
    func addOns(codes: [String], verdict: String) async throws {
        let fixture = try ClaimFixture()
        let reply = try await fixture.check(codes.map { Line(code: $0) })
        #expect(reply.verdicts(.addOn) == [verdict])
    }

    @Test(
        "Codes and modifiers must be valid on the date",
        arguments: [
            ("0001X", [], "2026-02-03", .procedureValidity, "pass", ""),
            ("0099X", [], "2026-02-03", .procedureValidity, "fail", "last valid on 2026-01-31"),
            ("0098X", [], "2026-02-03", .procedureValidity, "fail", "no HCPCS code"),
            ("A4206", [], "2026-02-03", .procedureValidity, "pass", ""),
            ("20975", [], "2026-02-03", .procedureValidity, "pass", ""),
            ("0001X", [], "2031-02-03", .procedureValidity, "no_data", "not known"),
            ("0001X", ["LT"], "2026-02-03", .modifierValidity, "pass", ""),
            ("0001X", ["Z9"], "2026-02-03", .modifierValidity, "fail", "last valid on 2026-01-31"),
            ("0001X", ["Q0"], "2026-02-03", .modifierValidity, "fail", "no modifier"),
            ("0001X", ["LT", "RT"], "2026-02-03", .modifierConflict, "fail", "LT and RT"),
            ("0001X", ["50", "LT"], "2026-02-03", .modifierConflict, "fail", "both sides"),
            ("0001X", ["26", "TC"], "2026-02-03", .modifierConflict, "fail", "whole service"),
            ("0001X", ["CT", "FX"], "2026-02-03", .modifierConflict, "fail", "CT and FX"),
            ("0001X", ["59", "XS"], "2026-02-03", .modifierConflict, "fail", "more exactly"),
            ("0001X", ["25", "25"], "2026-02-03", .modifierConflict, "fail", "twice"),
            ("0001X", ["25", "LT"], "2026-02-03", .modifierConflict, "pass", ""),
            ("0001X", ["50"], "2026-02-03", .bilateral, "pass", ""),
            ("0002X", ["50"], "2026-02-03", .bilateral, "fail", "not among"),
            ("0003X", ["50"], "2026-02-03", .bilateral, "fail", "its own wording"),
        ] as [(String, [String], String, ClaimRule, String, String)])
    func validity(
        code: String, modifiers: [String], date: String, rule: ClaimRule, verdict: String, words: String
    ) async throws {
        let fixture = try ClaimFixture()
        let reply = try await fixture.check([Line(code: code, modifiers: modifiers)], date: date)
        #expect(reply.verdicts(rule) == [verdict])
        #expect(words.isEmpty || reply.of(rule).first?.message.contains(words) == true)
    }

    @Test("Two units with modifier 50, and ages of procedures")
    func bilateralUnits() async throws {
        let fixture = try ClaimFixture()
        let units = try await fixture.check([Line(code: "0001X", modifiers: ["50"], units: 2)])
        #expect(units.verdicts(.bilateral) == ["fail"])
        #expect(try await fixture.check([Line(code: "0002X")], age: 17).verdicts(.procedureAge) == ["fail"])
        #expect(try await fixture.check([Line(code: "0002X")], age: 18).verdicts(.procedureAge) == ["pass"])
        #expect(try await fixture.check([Line(code: "0002X")], underOne: true).verdicts(.procedureAge) == ["fail"])
    }

    @Test("What is malformed or too long is refused with its field")
    func refusals() async throws {
        let fixture = try ClaimFixture()
        let line = Line(code: "0001X")
        let wrong: [(ReferenceAPI.CheckClaimRequest, String)] = [
            (.init(dateOfService: ClaimFixture.date), "lines"),
            (.init(lines: Array(repeating: line, count: 100), dateOfService: ClaimFixture.date), "lines"),
            (.init(lines: [line]), "date_of_service"),
            (.init(lines: [line], dateOfService: "2026-02-30"), "date_of_service"),
            (.init(lines: [Line(code: "'; DROP")], dateOfService: ClaimFixture.date), "lines"),
            (
                .init(lines: [Line(code: String(repeating: "9", count: 9_999))], dateOfService: ClaimFixture.date),
                "lines"
            ),
            (
                .init(
                    lines: [Line(code: "0001X", modifiers: ["1", "2", "3", "4", "5"])], dateOfService: ClaimFixture.date
                ),
                "lines"
            ),
            (.init(lines: [Line(code: "0001X", modifiers: ["L"])], dateOfService: ClaimFixture.date), "lines"),
            (.init(lines: [Line(code: "0001X", units: 100_000)], dateOfService: ClaimFixture.date), "lines"),
            (.init(lines: [Line(code: "0001X", diagnosisPointers: [1])], dateOfService: ClaimFixture.date), "lines"),
            (
                .init(lines: [line], diagnoses: Array(repeating: "E11.9", count: 26), dateOfService: ClaimFixture.date),
                "diagnoses"
            ),
            (.init(lines: [line], diagnoses: ["E08-E13"], dateOfService: ClaimFixture.date), "diagnoses"),
            (.init(lines: [line], dateOfService: ClaimFixture.date, setting: "moon"), "setting"),
            (.init(lines: [line], dateOfService: ClaimFixture.date, age: 125), "age"),
            (.init(lines: [line], dateOfService: ClaimFixture.date, age: 3, underOne: true), "under_one"),
            (.init(lines: [line], dateOfService: ClaimFixture.date, sex: "x"), "sex"),
        ]
        for (request, field) in wrong {
            let error = await #expect(throws: ServiceError.self) { try await fixture.client.checkClaim(request) }
            #expect(error?.kind == .invalidArgument && error?.field == field, "\(field)")
        }
        let most = try await fixture.check(Array(repeating: line, count: 99))
        #expect(most.findings.contains { $0.rule == "mue" })
    }
}
