import Contracts
import HTTPTypes
import HummingbirdTesting
import RPC
import Testing

@Suite("The edge")
struct EdgeTests {
    private static let requestID = HTTPField.Name("X-Request-Id")!

    @Test("A sane request id is kept and travels, any other is replaced")
    func requestIDs() async throws {
        let desk = Desk()
        try await desk.visit { browser in
            let kept = try await browser.send("/codes/cpt/20975", headers: [Self.requestID: "abc-1.2_3"])
            #expect(kept.headers[Self.requestID] == "abc-1.2_3")
            for bad in ["a b", String(repeating: "a", count: 65), "<b>"] {
                let page = try await browser.send("/livez", headers: [Self.requestID: bad])
                #expect(page.headers[Self.requestID] != bad)
                #expect(page.headers[Self.requestID]?.isEmpty == false)
            }
        }
        #expect(desk.accounts.seenRequestIDs == ["abc-1.2_3"])
    }

    @Test("A caller's trace goes on to the services with a span of ours, and without one a trace begins")
    func traces() async throws {
        let desk = Desk()
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        try await desk.visit { browser in
            try await browser.send("/codes/cpt/20975", headers: [HTTPField.Name("traceparent")!: parent])
            try await browser.send("/codes/cpt/20975", headers: [HTTPField.Name("traceparent")!: "nonsense"])
        }
        let traces = desk.accounts.seenTraces
        #expect(traces[0].hasPrefix("00-0af7651916cd43dd8448eb211c80319c-") && traces[0] != parent)
        #expect(traces[1].count == parent.count && traces[1].hasPrefix("00-"))
    }

    @Test("Ready when all four services are, and otherwise says which is not")
    func readiness() async throws {
        try await Desk().visit { browser in
            #expect(try await browser.send("/livez").status == .ok)
            let ready = try await browser.send("/readyz")
            #expect(ready.status == .ok)
            #expect(ready.text.contains(#""Jobs":"SERVING""#))
        }
        try await Desk(isLookupServing: false).visit { browser in
            let page = try await browser.send("/readyz")
            #expect(page.status == .serviceUnavailable)
            #expect(page.text.contains(#""Lookup":"NOT_SERVING""#))
        }
    }

    @Test("Metrics are not on the public port")
    func metrics() async throws {
        try await Desk().visit { browser in
            let page = try await browser.send("/metrics")
            #expect(page.status == .notFound)
        }
    }

    @Test("A guest is counted for the socket's network, which a stranger's header does not change")
    func network() async throws {
        let desk = Desk()
        try await desk.application().test(.live) { client in
            _ = try await Browser(client).send(
                "/codes/cpt/20975", headers: [HTTPField.Name("X-Forwarded-For")!: "203.0.113.9"])
        }
        #expect(desk.accounts.opens.map(\.network) == ["127.0.0.0/24"])
        let behind = Desk(trustedProxies: ["127.0.0.1", "198.51.100.1"])
        try await behind.application().test(.live) { client in
            _ = try await Browser(client).send(
                "/codes/cpt/20975",
                headers: [HTTPField.Name("X-Forwarded-For")!: "192.0.2.1, 2001:db8:1:2ff::9, 198.51.100.1"])
        }
        #expect(behind.accounts.opens.map(\.network) == ["2001:db8:1:200::/56"])
    }

    @Test("Sixty-four first requests over one connection each get an answer")
    func live() async throws {
        let desk = Desk()
        try await desk.application().test(.live) { client in
            let browser = Browser(client)
            try await browser.send("/codes/cpt/20975")
            for _ in 0..<64 {
                #expect(try await browser.send("/codes/cpt/20975").grant == "repeat")
            }
        }
    }
}
