import Runtime
import Testing

@Suite("Network addresses")
struct NetworkTests {
    @Test(
        "An address belongs to its owner's network: /24 for IPv4, /56 for IPv6, mapped addresses count as IPv4",
        arguments: [
            ("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2ff::1", "2001:db8:1:200::/56"),
            ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ])
    func owner(address: String, network: String) throws {
        #expect(try #require(NetworkAddress(address)).ownerNetwork.description == network)
    }

    @Test("A range contains its own addresses and no others")
    func contains() throws {
        let range = try #require(NetworkPrefix("10.1.0.0/17"))
        #expect(range.contains(try #require(NetworkAddress("10.1.127.255"))))
        #expect(!range.contains(try #require(NetworkAddress("10.1.128.0"))))
        #expect(!range.contains(try #require(NetworkAddress("::1"))))
        #expect(try #require(NetworkPrefix("0.0.0.0/0")).contains(try #require(NetworkAddress("203.0.113.9"))))
    }

    @Test(
        "Text that is no address or no range is refused",
        arguments: ["", "10.0.0", "10.0.0.0/33", "10.0.0.0/x", "g::/8"])
    func refused(text: String) {
        #expect(NetworkPrefix(text) == nil)
    }
}
