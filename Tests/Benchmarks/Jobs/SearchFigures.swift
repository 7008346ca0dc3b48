import Calendar
import Contracts
import Foundation
import Jobs
import RPC
import Support

/// Search with all facets over 100 000 postings: through the contract, in the process, one call at a time.
enum SearchFigures {
    private static let postings: UInt32 = 100_000
    private static let calls = 2_000

    static func run() async throws {
        try await BenchDesk.withFolder { folder in
            let now = UTCInstant(seconds: Int64(Date().timeIntervalSince1970))
            let desk = try await BenchDesk(folder: folder, now: now)
            let made = try await ContinuousClock().measure { try await desk.makeSample(postings, seed: 1) }
            print("sample board: \(postings) postings in \(made)")
            let filled = try ContinuousClock().measure { _ = try LiveBoard(filledFrom: desk.store) }
            print("board filled from the store at start: \(filled)")
            try await desk.store.places.replace(with: [
                Place(city: "Austin", state: USState("TX")!, postalCode: "78701", latitude: 30.27, longitude: -97.74),
                Place(city: "Chicago", state: USState("IL")!, postalCode: "60602", latitude: 41.88, longitude: -87.63),
            ])
            let client = JobsAPI.Client(desk.channel)
            var chance = SeededGenerator(seed: 5)
            var times: [Duration] = []
            for number in 0..<(calls + 100) {
                let search = search(&chance)
                let start = ContinuousClock.now
                _ = try await client.searchJobs(search)
                if number >= 100 { times.append(ContinuousClock.now - start) }
            }
            times.sort()
            print(
                "search with facets, \(postings) postings, \(calls) calls: p50 \(times[calls / 2]), p95 "
                    + "\(times[calls * 95 / 100]), max \(times[calls - 1])")
            try desk.store.close()
        }
    }

    /// What readers ask: words, filters, places, orders, none, one or several of each.
    private static func search(_ chance: inout SeededGenerator) -> JobsAPI.SearchJobsRequest {
        func holds(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &chance) < percent }
        var search = JobsAPI.SearchJobsRequest()
        let words = [
            "coder", "risk adjustment", "auditor cardiology", "epic", "remote inpatient", "denials", "entry level",
        ]
        if holds(60) { search.q = words.randomElement(using: &chance)! }
        if holds(40) { search.required = [["CPC", "CCS", "COC", "CRC"].randomElement(using: &chance)!] }
        if holds(15) { search.apprentices = "yes" }
        if holds(30) { search.workplace = ["remote"] }
        if holds(25) { search.state = [["TX", "FL", "OH", "CA"].randomElement(using: &chance)!] }
        if holds(20) { search.salary = "60000" }
        if holds(15) { search.posted = "7" }
        if holds(20) { search.near = ["78701", "Chicago, IL"].randomElement(using: &chance)! }
        search.sort = ["", "", "date", "salary"].randomElement(using: &chance)!
        return search
    }
}
