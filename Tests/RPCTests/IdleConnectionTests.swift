import NIOCore
import RPC
import Testing

/// When a server's connection asks to be woken.
@Suite struct IdleConnectionTests {
    @Test func `a call that outlives the time of silence does not wake its connection without end`() {
        var limits = Limits()
        limits.idle = .seconds(10)
        let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
        var machine = ServerStateMachine<UInt32>(limits: limits, now: start)
        var buffer = ByteBuffer(bytes: HostilePeerTests.greeting)
        buffer.writeFrame(Frame(.call, flags: .last, stream: 1))
        while true {
            let action = machine.receive(&buffer, now: start)
            if case .needBytes = action { break }
            if case .begin(let stream, _, _, _) = action {
                machine.started(stream, stream, bytes: 0, deadline: start + .seconds(100))
            }
        }
        let silent = start + .seconds(10)
        #expect(machine.nextWake == silent)
        guard case .calls = machine.expired(at: silent) else { return #expect(Bool(false), "a call is open") }
        #expect(machine.nextWake == silent + .seconds(10))
    }
}
