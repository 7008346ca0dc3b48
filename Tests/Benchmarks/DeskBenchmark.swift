import Contracts
import Foundation
import RPC

/// What a running desk takes for a search through Gateway and for an exact lookup over RPC, one at a time:
/// `Tests/Benchmarks/run desk [HTTP ADDRESS:PORT] [LOOKUP ADDRESS:PORT]` with `Services/run` up beside it.
enum DeskBenchmark {
    /// Words, codes, prefixes and ranges as people type them, over all sets.
    static let queries = [
        "diabetes", "type 2 diabetes", "heart failure", "acute myocardial infarction", "fracture of femur", "E11.9",
        "e119",
        "pneumonia", "wheelchair", "A4206-A4232", "99*", "J18", "oxygen", "blood pressure", "asthma with exacerbation",
        "chronic kidney disease stage 3", "open bypass coronary artery", "insulin pump", "of the", "left", "right hip",
        "malignant neoplasm of breast", "knee replacement", "headache", "cough", "urinary tract infection", "Z00",
        "ambulance",
        "other specified", "unspecified", "syringe", "catheter", "hypertension", "copd", "sepsis", "burn third degree",
        "initial encounter", "displaced fracture", "drainage", "0SR9", "screening colonoscopy", "anemia", "obesity",
        "dementia",
    ]

    static func run(_ arguments: [String]) async throws {
        let http = arguments.first ?? "127.0.0.1:8080"
        let lookup = arguments.count > 1 ? arguments[1] : "127.0.0.1:7101"
        print("what                            |    n | p50 µs | p95 µs | max µs")
        let connection = try HTTPConnection(http)
        var times: [Int64] = []
        for round in 0..<6 {
            for query in queries {
                let path = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
                let begun = DispatchTime.now().uptimeNanoseconds
                let status = try connection.get("/v1/search?q=\(path)")
                guard status == 200 else { throw ServerProcess.Failed(reason: "\(query): status \(status)") }
                if round > 0 { times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun)) }
            }
        }
        report("GET /v1/search, all sets", times)

        let channel = Client(to: lookup)
        let client = LookupAPI.Client(channel)
        times = []
        for round in 0..<5000 {
            let code = ["E11.9", "I10", "J18.9", "S72.001A"][round % 4]
            let begun = DispatchTime.now().uptimeNanoseconds
            _ = try await client.getCode(.init(system: "icd10cm", code: code))
            if round >= 500 { times.append(Int64(DispatchTime.now().uptimeNanoseconds - begun)) }
        }
        report("Lookup/GetCode over RPC", times)
        await channel.close()
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
