import Schema
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        ("null", JSONValue.null), ("true", .bool(true)), (" [1, -2.5e3 ] ", .array([.number("1"), .number("-2.5e3")])),
        (#""a\n\u00e9\ud83d\ude08""#, .string("a\né😈")),
        (#"{"a":{"b":[]}}"#, .object([("a", .object([("b", .array([]))]))])),
        ("18446744073709551615", .number("18446744073709551615")),
    ])
    func `JSON is read as it stands`(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONValue(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", #"{"a":1,}"#, "01", "1.", "+1", "nul", "NaN", #""\x""#, #""\ud800""#, "\"\u{01}\"", "1 2",
        #"{"a" 1}"#, #"{a:1}"#, "[", #""open"#, "'a'", #""\u12"#, "-", "1e", #"{"a":1,"a":2}"#,
        String(repeating: "[", count: 10_000),
    ])
    func `text that is not JSON is refused with its place`(_ text: String) {
        #expect(throws: SchemaError.self) { try JSONValue(Array(text.utf8)) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: SchemaError.self) { try JSONValue([0x22, 0xFF, 0x22]) }
    }
}
