import Contracts
import Foundation
import RPC

/// What a running Lookup takes to check a claim of 20 lines and 12 diagnoses over all loaded pairs:
/// `Tests/Benchmarks/Lookup/run claim-check [LOOKUP ADDRESS:PORT]`. Codes are drawn from a seed out of those that the hospital
/// pairs hold most of, so that every claim has pairs to find.
enum ClaimBenchmark {
    private static let procedures = [
        "99213", "99214", "93000", "80053", "85025", "36415", "71046", "73030", "73560", "76700", "77067", "93306",
        "94010", "95886", "96372", "97110", "97140", "97530", "99284", "20610", "11042", "11720", "12001", "17000",
        "29881", "31575", "43239", "45378", "45380", "45385", "52000", "64483", "66984", "67028", "69210", "90471",
    ]
    private static let diagnoses = [
        "E11.9", "I10", "E78.5", "M25.561", "M54.50", "J44.9", "N18.30", "I25.10", "F32.A", "K21.9", "G47.33", "E66.9",
        "I48.91", "J45.909", "N39.0", "R07.9", "Z79.4", "Z79.899", "M17.11", "H25.13",
    ]
    private static let modifiers = ["", "", "", "59", "25", "LT", "RT", "50"]
    private static let rounds = 2_000
    private static let warmUp = 200

    static func run(_ arguments: [String]) async throws {
        let channel = Client(to: arguments.first ?? "127.0.0.1:7101")
        let client = LookupAPI.Client(channel)
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var times: [Int64] = []
        var inside: [Int64] = []
        var findings = 0
        for round in 0..<(rounds + warmUp) {
            let lines = (0..<20).map { _ -> ReferenceAPI.ClaimLine in
                let modifier = modifiers[next(modifiers.count)]
                return ReferenceAPI.ClaimLine(
                    code: procedures[next(procedures.count)], modifiers: modifier.isEmpty ? [] : [modifier],
                    units: UInt32(1 + next(3)), diagnosisPointers: [1])
            }
            let start = next(diagnoses.count - 12)
            let request = ReferenceAPI.CheckClaimRequest(
                lines: lines, diagnoses: Array(diagnoses[start..<(start + 12)]), dateOfService: "2026-04-15",
                setting: "outpatient-hospital", age: 67, sex: "female")
            let begun = DispatchTime.now().uptimeNanoseconds
            let reply = try await client.checkClaim(request)
            guard round >= warmUp else { continue }
            times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun))
            inside.append(Int64(reply.tookMicros) * 1_000)
            findings += reply.findings.count
        }
        await channel.close()
        print("what                            |    n | p50 µs | p95 µs | max µs")
        report("CheckClaim over RPC", times)
        report("CheckClaim in the service", inside)
        print("findings a claim: \(findings / rounds)")
    }

    private static func report(_ name: String, _ times: [Int64]) {
        let sorted = times.sorted()
        func micros(_ part: Double) -> Double { Double(sorted[Int(Double(sorted.count - 1) * part)]) / 1000 }
        let padded = name.padding(toLength: 31, withPad: " ", startingAt: 0)
        print(
            padded + String(format: " | %4d | %6.0f | %6.0f | %6.0f", times.count, micros(0.5), micros(0.95), micros(1))
        )
    }
}
