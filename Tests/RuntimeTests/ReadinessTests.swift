import Runtime
import Testing

@Suite("Readiness")
struct ReadinessTests {
    @Test("A program is ready when every named condition holds, and never again once it drains")
    func conditions() {
        let readiness = Readiness()
        #expect(readiness.isReady)
        readiness.require("store")
        readiness.require("rpc")
        readiness.report("rpc")
        #expect(readiness.unmet == ["store: starting"])
        readiness.report("store")
        #expect(readiness.isReady && readiness.holds("store"))
        readiness.report("store", failing: "disk full")
        #expect(readiness.unmet == ["store: disk full"])
        readiness.report("store")
        readiness.startDraining()
        #expect(readiness.unmet == ["program: draining"])
    }

    @Test("Who watches is told at once, at each change, and that the program drains")
    func changes() async {
        let readiness = Readiness()
        readiness.require("store")
        var changes = readiness.changes().makeAsyncIterator()
        #expect(await changes.next() == false)
        readiness.report("store")
        #expect(await changes.next() == true)
        readiness.report("store")
        readiness.startDraining()
        #expect(await changes.next() == false)
        #expect(await changes.next() == nil)
        var late = readiness.changes().makeAsyncIterator()
        #expect(await late.next() == false)
        #expect(await late.next() == nil)
    }
}
