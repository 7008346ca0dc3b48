import Testing

@testable import Gateway

@Suite("How long a request may take to come")
struct RequestTimerTests {
    private let limits = EdgeLimits()

    @Test("A request that comes whole sets no timer, nor does the time until the next")
    func whole() {
        var timer = RequestTimer(limits: limits)
        for _ in 0..<3 {
            timer.bytesCame()
            timer.headCame()
            timer.requestEnded()
            #expect(timer.settle() == .none)
            timer.replyEnded()
            #expect(timer.settle() == .none && timer.phase == .idle)
        }
    }

    @Test("A head that comes in pieces has one deadline from its first byte, the body one of its own")
    func pieces() {
        var timer = RequestTimer(limits: limits)
        timer.bytesCame()
        #expect(timer.settle() == .wait(limits.headTimeout))
        for _ in 0..<5 {
            timer.bytesCame()
            #expect(timer.settle() == .none)
        }
        timer.headCame()
        #expect(timer.settle() == .wait(limits.bodyTimeout))
        timer.bytesCame()
        #expect(timer.settle() == .none)
        timer.requestEnded()
        #expect(timer.settle() == .stopWaiting)
    }

    @Test("A request that began while the last was answered is watched as soon as it is its turn")
    func pipelined() {
        var timer = RequestTimer(limits: limits)
        timer.bytesCame()
        timer.headCame()
        timer.requestEnded()
        #expect(timer.settle() == .none)
        timer.bytesCame()
        #expect(timer.settle() == .none)
        timer.replyEnded()
        #expect(timer.settle() == .wait(limits.headTimeout))
    }
}
