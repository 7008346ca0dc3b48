import RPC
import Testing

@Suite struct TargetTests {
    @Test(arguments: [
        ("127.0.0.1:7101", [Target.Place.host("127.0.0.1", port: 7101)]),
        ("lookup:7101", [Target.Place.host("lookup", port: 7101)]),
        ("[::1]:7101", [Target.Place.host("::1", port: 7101)]),
        (
            "10.0.0.1:1, 10.0.0.2:2,[fe80::1]:65535,unix:/run/x.sock",
            [
                Target.Place.host("10.0.0.1", port: 1), .host("10.0.0.2", port: 2),
                .host("fe80::1", port: 65535), .unix("/run/x.sock"),
            ]
        ),
    ])
    func `a target is one place or several`(_ text: String, _ places: [Target.Place]) {
        #expect(Target(text)?.places == places)
    }

    @Test(arguments: [
        "", "lookup", ":7101", "lookup:", "lookup:0", "lookup:65536", "lookup:x", "::1:7101", "a:1,", "a:1,,b:2",
    ])
    func `what is no list of places is refused whole`(_ text: String) { #expect(Target(text) == nil) }

    @Test func `a list has at most 64 places`() {
        let list = (1...65).map { "10.0.0.\($0):7101" }
        #expect(Target(list.prefix(64).joined(separator: ","))?.places.count == 64)
        #expect(Target(list.joined(separator: ",")) == nil)
    }
}
