import Accounts
import Calendar
import Testing

@Suite struct LoginThrottleTests {
    private let start = UTCInstant(seconds: 1_000_000)

    @Test func `five failures cost nothing, then the delay doubles up to its limit`() throws {
        var throttle = LoginThrottle()
        let address = try EmailAddress("coder@example.org")
        let network = try NetworkPrefix("203.0.113.0/24")
        var now = start
        var waits: [Int64] = []
        for _ in 0..<18 {
            let wait = throttle.admit(address: address, network: network, at: now)
            waits.append(wait)
            if wait > 0 {
                now = now.adding(seconds: wait)
                #expect(throttle.admit(address: address, network: network, at: now) == 0)
            }
        }
        #expect(waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
    }

    @Test func `strangers elsewhere cannot keep the owner out`() throws {
        var throttle = LoginThrottle()
        let address = try EmailAddress("coder@example.org")
        for host in 0..<200 {
            let network = try NetworkPrefix("198.51.\(host).0/24")
            for _ in 0..<50 { _ = throttle.admit(address: address, network: network, at: start) }
        }
        #expect(throttle.admit(address: address, network: try NetworkPrefix("203.0.113.0/24"), at: start) == 0)
    }

    @Test func `a network that tries many addresses waits, but not for long`() throws {
        var throttle = LoginThrottle()
        let network = try NetworkPrefix("203.0.113.0/24")
        for number in 0..<LoginThrottle.networkFailures {
            let address = try EmailAddress("coder\(number)@example.org")
            #expect(throttle.admit(address: address, network: network, at: start) == 0)
        }
        let wait = throttle.admit(address: try EmailAddress("last@example.org"), network: network, at: start)
        #expect((1...LoginThrottle.longestNetworkDelay).contains(wait))
    }

    @Test func `success and time forget failures`() throws {
        var throttle = LoginThrottle()
        let address = try EmailAddress("coder@example.org")
        for _ in 0..<5 { #expect(throttle.admit(address: address, network: nil, at: start) == 0) }
        throttle.succeeded(address: address, network: nil)
        for _ in 0..<5 { #expect(throttle.admit(address: address, network: nil, at: start) == 0) }
        #expect(throttle.admit(address: address, network: nil, at: start) > 0)
        let later = start.adding(seconds: LoginThrottle.memory)
        #expect(throttle.admit(address: address, network: nil, at: later) == 0)
    }

    @Test func `a try that could not be made does not count`() throws {
        var throttle = LoginThrottle()
        let address = try EmailAddress("coder@example.org")
        for _ in 0..<50 {
            #expect(throttle.admit(address: address, network: nil, at: start) == 0)
            throttle.withdrawn(address: address, network: nil)
        }
    }

    @Test func `memory is bounded whatever comes`() throws {
        var throttle = LoginThrottle(capacity: 100)
        for number in 0..<1_000 {
            _ = throttle.admit(address: try EmailAddress("coder\(number)@example.org"), network: nil, at: start)
            #expect(throttle.count <= 100)
        }
    }
}
