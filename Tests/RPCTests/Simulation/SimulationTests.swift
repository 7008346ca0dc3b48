import Foundation
import Testing

/// Thousands of connections' lives on simulated time. `SIMULATION_SEED=N` replays one; it is in the message of a failure.
@Suite struct SimulationTests {
    #if DEBUG
        static let lives = 1000
    #else
        static let lives = 10_000
    #endif

    @Test(arguments: 0..<4)
    func `every call ends once and as it may, whatever befalls the connection`(_ part: Int) async {
        let wanted = ProcessInfo.processInfo.environment["SIMULATION_SEED"].flatMap(UInt64.init)
        guard wanted == nil || part == 0 else { return }
        let seeds = wanted.map { $0..<$0 + 1 } ?? UInt64(part * Self.lives / 4)..<UInt64((part + 1) * Self.lives / 4)
        var failures = 0
        for seed in seeds where failures < 5 {
            var simulation = Simulation(seed: seed)
            let broken = simulation.run()
            if !broken.isEmpty {
                failures += 1
                Issue.record(
                    "SIMULATION_SEED=\(seed) (\(simulation.fault)): \(broken.prefix(4).joined(separator: "; "))")
            }
            // The other tests of this process have clocks that run.
            await Task.yield()
        }
    }

    @Test func `the same seed is the same life`() {
        var one = Simulation(seed: 7)
        var other = Simulation(seed: 7)
        #expect(one.run() == other.run())
        #expect(one.fault == other.fault)
    }
}
