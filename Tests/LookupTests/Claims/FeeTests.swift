import Contracts
import RPC
import Testing

@testable import Lookup

@Suite("Prices", .timeLimit(.minutes(5)))
struct FeeTests {
    /// A year of made-up schedules.
    static func fixture() throws -> ClaimFixture {
        try ClaimFixture { builder in
            func add(_ kind: ReferenceKind, _ rows: [(any ReferenceRow)?]) throws {
                let record = ReferenceFixture.record(kind, from: "2025-01-01", to: "2025-12-31", edition: "2025")
                try builder.addReference(record) { writer in
                    for row in rows { if let row { try writer.add(row) } }
                    return CatalogueFixture.report(rows.count)
                }
            }
            func value(_ code: String, _ modifier: String, _ status: String, _ numbers: [String], _ rest: [String])
                -> RelativeValue?
            {
                RelativeValue(key: code, variant: modifier, fields: [status] + numbers + rest)
            }
            try add(
                .relativeValues,
                [
                    value(
                        "0001X", "", "A", ["1.30", "2.05", "1.10", "0.09", "32.3465"], ["", "NA", "1", "010", "2", "1"]),
                    value(
                        "0001X", "26", "A", ["0.50", "0.20", "0.20", "0.02", "32.3465"], ["", "", "1", "YYY", "0", "0"]),
                    value(
                        "0002X", "", "C", ["0.00", "0.00", "0.00", "0.00", "32.3465"], ["", "", "0", "YYY", "9", "9"]),
                    value(
                        "0003X", "", "A", ["0.00", "0.00", "0.00", "0.00", "32.3465"], ["", "", "0", "YYY", "9", "9"]),
                ])
            try add(
                .practiceCosts,
                [
                    PracticeCost(key: "01112-05", variant: "CA", fields: ["SAN FRANCISCO", "1.085", "1.380", "0.430"]),
                    PracticeCost(key: "01182-18", variant: "CA", fields: ["LOS ANGELES", "1.042", "1.194", "0.690"]),
                    PracticeCost(key: "10112-00", variant: "AL", fields: ["ALABAMA", "1", "0.869", "0.575"]),
                ])
            try add(
                .localities,
                [
                    LocalityCounties(
                        key: "01112-05", variant: "CALIFORNIA", fields: ["SAN FRANCISCO", "ALAMEDA/SAN MATEO"])
                ])
            try add(.anesthesiaFactors, [AnesthesiaFactor(key: "10112-00", variant: "", fields: ["ALABAMA", "19.31"])])
            try add(
                .equipmentFees,
                [
                    EquipmentFee(
                        key: "A9001", variant: "NU", fields: ["IN", "9.00", "7.00", "AL N 8.10", "AL R 8.90"]),
                    EquipmentFee(key: "A9001", variant: "RR", fields: ["IN", "1.00", "0.70", "AL N 0.81"]),
                ])
            try add(.ruralZIPs, [RuralZIP(key: "35004", variant: "", fields: ["AL"])])
            try add(.drugLimits, [DrugLimit(key: "A9005", variant: "", fields: ["10 MG", "3.298", "20.000", ""])])
            try add(
                .laboratoryFees,
                [
                    LaboratoryFee(key: "0009X", variant: "", fields: ["20250101", "N", "12.34"]),
                    LaboratoryFee(key: "0009X", variant: "QW", fields: ["20250101", "N", "11.00"]),
                ])
        }
    }

    private func price(_ request: ReferenceAPI.PriceServiceRequest) async throws -> ReferenceAPI.PriceServiceReply {
        try await Self.fixture().client.priceService(request)
    }

    /// By hand: 1.30 × 1.085 = 1.4105; 2.05 × 1.380 = 2.829; 0.09 × 0.430 = 0.0387; sum 4.2782; × 32.3465 = 138.3847963,
    /// that is 138.38. Facility: 1.10 × 1.380 = 1.518; sum 2.9672; × 32.3465 = 95.97853…, that is 95.98.
    @Test(
        "A physician's service is priced step by step, by name, number, county and state",
        arguments: ["San Francisco", "01112-05", "05", "Alameda"])
    func formula(locality: String) async throws {
        let reply = try await price(
            .init(code: "0001X", dateOfService: "2025-06-01", locality: locality, state: "ca"))
        #expect(reply.prices.map(\.setting) == ["non-facility", "facility"])
        #expect(reply.prices.map(\.amount) == ["138.38", "95.98"])
        let steps = reply.prices[0].steps
        #expect(steps.map(\.expression).prefix(3) == ["1.30 × 1.085", "2.05 × 1.380", "0.09 × 0.430"])
        #expect(steps.map(\.value) == ["1.41050", "2.82900", "0.03870", "4.27820", "138.38"])
        #expect(reply.prices[1].remarks.contains { $0.contains("rarely or never") })
        #expect(reply.prices[0].sources.map(\.edition) == ["2025", "2025"])
        #expect(reply.prices[0].locality == "SAN FRANCISCO")
    }

    @Test("Modifiers are applied as the file's indicators say")
    func modifiers() async throws {
        func amount(_ modifiers: [String], units: UInt32 = 0) async throws -> String? {
            let request = ReferenceAPI.PriceServiceRequest(
                code: "0001X", dateOfService: "2025-06-01", modifiers: modifiers, locality: "San Francisco",
                setting: "non-facility", units: units)
            return try await price(request).prices.first?.amount
        }
        #expect(try await amount(["50"]) == "207.57")
        #expect(try await amount(["51"]) == "69.19")
        #expect(try await amount(["26"]) == "26.75")
        #expect(try await amount([], units: 3) == "415.14")
        let other = try await price(
            .init(code: "0001X", dateOfService: "2025-06-01", modifiers: ["80"], locality: "05"))
        #expect(other.prices[0].remarks.contains { $0.contains("no account of 80") })
    }

    @Test("A service without a price by the formula says why, and a state has all its localities")
    func others() async throws {
        let carrier = try await price(.init(code: "0002X", dateOfService: "2025-06-01"))
        #expect(carrier.prices.allSatisfy { $0.amount.isEmpty && $0.remarks.contains { $0.contains("Status C") } })
        let none = try await price(.init(code: "0003X", dateOfService: "2025-06-01", state: "AL"))
        #expect(none.prices[0].remarks.contains { $0.contains("no relative values") })
        let state = try await price(.init(code: "0001X", dateOfService: "2025-06-01", state: "CA", setting: "facility"))
        #expect(state.prices.map(\.locality) == ["SAN FRANCISCO", "LOS ANGELES"])
        let national = try await price(.init(code: "0001X", dateOfService: "2025-06-01", setting: "non-facility"))
        // (1.30 + 2.05 + 0.09) × 32.3465 = 3.44 × 32.3465 = 111.27196
        #expect(national.prices.map(\.amount) == ["111.27"])
        #expect(national.prices[0].remarks.contains { $0.contains("every index is taken as 1") })
    }

    @Test("A year that is not loaded is refused and never replaced")
    func years() async throws {
        for day in ["2024-12-31", "2026-01-01"] {
            let error = await #expect(throws: ServiceError.self) {
                try await price(.init(code: "0001X", dateOfService: day, state: "CA"))
            }
            #expect(error?.kind == .notFound)
            #expect(error?.message.contains("Loaded: 2025 (2025-01-01 to 2025-12-31)") == true)
        }
    }

    @Test(
        "Equipment is priced by state, rural or not by ZIP code",
        arguments: [
            ("35004", "", ["8.90", "0.81"]), ("35203", "AL", ["8.10", "0.81"]), ("", "AL", ["8.10", "8.90", "0.81"]),
        ] as [(String, String, [String])])
    func equipment(zip: String, state: String, amounts: [String]) async throws {
        let reply = try await price(.init(code: "A9001", dateOfService: "2025-02-01", state: state, zip: zip))
        #expect(reply.prices.map(\.amount) == amounts)
        #expect(reply.prices[0].remarks.contains { $0.contains("modifier NU") })
        #expect(reply.prices[0].sources.count == (zip.isEmpty ? 1 : 2))
        let rental = try await price(
            .init(code: "A9001", dateOfService: "2025-02-01", modifiers: ["RR"], state: "AL", units: 2))
        #expect(rental.prices.map(\.amount) == ["1.62"])
    }

    @Test("Drugs, laboratory tests and anesthesia")
    func rest() async throws {
        let drug = try await price(.init(code: "A9005", dateOfService: "2025-02-01", units: 7))
        #expect(drug.prices.map(\.amount) == ["23.086"])
        #expect(drug.prices[0].steps.map(\.expression) == ["", "3.298 × 7"])
        let test = try await price(.init(code: "0009X", dateOfService: "2025-02-01"))
        #expect(test.prices.map(\.amount) == ["12.34"])
        let waived = try await price(.init(code: "0009X", dateOfService: "2025-02-01", modifiers: ["QW"]))
        #expect(waived.prices.map(\.amount) == ["11.00"])
        // 100 ÷ 15 = 6.7; (5 + 6.7) × 19.31 = 225.927
        let sleep = try await price(
            .init(
                code: "00140", dateOfService: "2025-02-01", state: "AL", anesthesiaMinutes: 100, anesthesiaBaseUnits: 5)
        )
        #expect(sleep.prices.map(\.amount) == ["225.93"])
    }

    @Test("What is malformed or unknown is refused with its field")
    func refusals() async throws {
        let day = "2025-06-01"
        let wrong: [(ReferenceAPI.PriceServiceRequest, String)] = [
            (.init(code: "x", dateOfService: day), "code"), (.init(code: "0001X"), "date_of_service"),
            (.init(code: "0001X", dateOfService: day, state: "California"), "state"),
            (.init(code: "0001X", dateOfService: day, state: "ZZ"), "state"),
            (.init(code: "0001X", dateOfService: day, locality: "Atlantis"), "locality"),
            (.init(code: "0001X", dateOfService: day, zip: "1"), "zip"),
            (.init(code: "0001X", dateOfService: day, setting: "moon"), "setting"),
            (.init(code: "0001X", dateOfService: day, units: 1_000_000), "units"),
            (.init(code: "A9001", dateOfService: day, state: "CA", zip: "35004"), "zip"),
        ]
        for (request, field) in wrong {
            let error = await #expect(throws: ServiceError.self) { try await price(request) }
            #expect(error?.field == field, "\(field): \(error?.message ?? "")")
        }
    }
}
