import Foundation
import Testing

/// Thousands of connections' lives on simulated time. `SIMULATION_SEED=N` replays one; it is in the message of a failure. `SIMULATION_LIVES=N`
/// says how many.
@Suite struct SimulationTests {
    /// A debug build is ten times slower; the release build is the one that runs in production.
    #if DEBUG
        static let lives: UInt64 = 600
    #else
        static let lives: UInt64 = 10_000
    #endif

    @Test func `every call ends once and as it may, whatever befalls the connection`() async {
        let environment = ProcessInfo.processInfo.environment
        let wanted = environment["SIMULATION_SEED"].flatMap(UInt64.init)
        let lives = environment["SIMULATION_LIVES"].flatMap(UInt64.init) ?? Self.lives
        let seeds = wanted.map { $0..<$0 + 1 } ?? 0..<lives
        let failures = await apart {
            var failures: [String] = []
            for seed in seeds where failures.count < 5 {
                var simulation = Simulation(seed: seed)
                let broken = simulation.run().prefix(4)
                if broken.isEmpty { continue }
                failures.append("SIMULATION_SEED=\(seed) (\(simulation.fault)): \(broken.joined(separator: "; "))")
            }
            return failures
        }
        for failure in failures { Issue.record("\(failure)") }
    }

    @Test func `the same seed is the same life`() {
        var one = Simulation(seed: 7)
        var other = Simulation(seed: 7)
        #expect(one.run() == other.run())
        #expect(one.fault == other.fault)
    }
}
