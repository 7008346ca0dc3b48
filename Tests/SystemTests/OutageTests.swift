import Contracts
import Foundation
import RPC
import Support
import Testing

/// One program's end is not the others'.
@Suite struct OutageTests {
    @Test func `with Lookup away Gateway says so, and recovers by itself`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            try await eventually { try await web.get("\(desk.origin)/readyz").status == 200 }
            desk[.lookup].signal(SIGKILL)
            try await desk[.lookup].ended()
            let json = try await web.get("\(desk.origin)/v1/search?q=condition")
            #expect(json.status == 503)
            #expect(json.headers["content-type"] == "application/problem+json")
            #expect(json.body.contains("UNAVAILABLE"))
            let page = try await web.get("\(desk.origin)/codes/icd10cm/A10")
            #expect(page.status == 503)
            #expect(page.body.contains("<main"))
            #expect(try await web.get("\(desk.origin)/livez").status == 200)
            #expect(try await web.get("\(desk.origin)/readyz").status == 503)
            #expect(try await web.get("\(desk.origin)/register").status == 200)
            try desk[.lookup].start()
            try await desk.untilReady(.lookup)
            try await eventually { try await web.get("\(desk.origin)/v1/search?q=condition").status == 200 }
            let recovered = try await web.get("\(desk.origin)/codes/icd10cm/A10")
            #expect(recovered.data("grant") == "granted", "the failed page was not counted")
        }
    }

    @Test(arguments: [RunningDesk.Name.lookup, .accounts, .assistant, .jobs])
    func `SIGTERM under load fails no call that was accepted`(_ name: RunningDesk.Name) async throws {
        try await RunningDesk.with([.lookup, .accounts, .assistant, .jobs]) { desk in
            let channel = desk.client(name)
            let outcome = Shared((answered: 0, failed: [ServiceError]()))
            await withTaskGroup(of: Void.self) { group in
                for caller in 0..<16 {
                    group.addTask {
                        for round in 0..<10_000 {
                            do throws(ServiceError) {
                                try await Self.call(name, channel, number: caller * 10_000 + round)
                                outcome.withLock { $0.answered += 1 }
                            } catch {
                                if error.kind == .unavailable, !error.mayHaveRun { return }
                                outcome.withLock { $0.failed.append(error) }
                                return
                            }
                        }
                    }
                }
                group.addTask {
                    let end = ContinuousClock.now + .seconds(60)
                    while outcome.withLock({ $0.answered }) < 200, ContinuousClock.now < end { await Task.yield() }
                    desk[name].signal(SIGTERM)
                }
            }
            let code = try await desk[name].ended()
            #expect(code == 0)
            let (answered, failed) = outcome.current
            #expect(answered >= 200)
            #expect(failed == [], "calls that the server had taken were cut off")
            for other in [RunningDesk.Name.lookup, .accounts, .assistant, .jobs] where other != name {
                #expect(desk[other].isRunning)
            }
            await channel.close()
        }
    }

    @Test func `a snapshot that is published under load swaps in without a failed call`() async throws {
        try await RunningDesk.with([.lookup]) { desk in
            let channel = desk.client(.lookup)
            let lookup = LookupAPI.Client(channel)
            let isOver = Shared(false)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        while !isOver.current {
                            _ = try await lookup.getCode(.init(system: "icd10cm", code: "a10"))
                            _ = try await lookup.search(.init(q: "condition"))
                        }
                    }
                }
                let before = try await lookup.listEditions(.init()).editionSet
                try RunningDesk.publish(in: desk.folder.path, note: "second")
                try await eventually { try await lookup.listEditions(.init()).editionSet != before }
                let code = try await lookup.getCode(.init(system: "icd10cm", code: "A10"))
                #expect(code.source?.edition == "second")
                isOver.withLock { $0 = true }
                try await group.waitForAll()
            }
            await channel.close()
        }
    }

    private static func call(_ name: RunningDesk.Name, _ channel: Client, number: Int) async throws(ServiceError) {
        switch name {
        case .lookup: _ = try await LookupAPI.Client(channel).getCode(.init(system: "icd10cm", code: "A10"))
        case .accounts:
            _ = try await GrantDurabilityTests.open(
                AccountsAPI.Client(channel), guest: number, item: "icd10cm/A10", wait: false)
        case .assistant:
            _ = try await AssistantAPI.Client(channel).explain(.init(system: "icd10cm", code: "A10"))
        case .jobs: _ = try await JobsAPI.Client(channel).listCredentials(.init())
        case .gateway: break
        }
    }
}

/// Waits up to 15 s until something holds.
func eventually(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<300 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("it did not happen within 15 s")
}
