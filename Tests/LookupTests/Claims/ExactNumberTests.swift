import Support
import Testing

@testable import Lookup

@Suite struct `Exact numbers` {
    @Test(
        "are read and written as they stand",
        arguments: [
            ("0", "0"), ("32.3465", "32.3465"), ("$1,234.50", "1234.50"), (" 0.05 ", "0.05"), (".5", "0.5"),
            ("20 %", "20"),
        ])
    func text(text: String, wanted: String) throws {
        #expect(try #require(ExactNumber(text)).description == wanted)
    }

    @Test("refuse what is no number", arguments: ["", "-1", "1.2.3", "x", "1e5", "999999999999", "NA"])
    func refused(text: String) { #expect(ExactNumber(text) == nil) }

    @Test func `add, multiply and round half up without loss`() throws {
        func number(_ text: String) throws -> ExactNumber { try #require(ExactNumber(text)) }
        #expect(try (number("0.1") + number("0.2")).description == "0.3")
        #expect(try (number("1.005") * number("100")).rounded(to: 2).description == "100.50")
        #expect(try number("2.345").rounded(to: 2).description == "2.35")
        #expect(try number("2.3449").rounded(to: 2).description == "2.34")
        #expect(try number("7").divided(by: 15).description == "0.466667")
        #expect(try number("1.50") == number("1.5") && number("1.50").hashValue == number("1.5").hashValue)
        #expect(try number("1.49") < number("1.5"))
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let left = Int.random(in: 0..<1_000_000, using: &generator)
            let right = Int.random(in: 0..<1_000_000, using: &generator)
            #expect((ExactNumber(left) * ExactNumber(right)).description == String(left * right))
            #expect((ExactNumber(left) + ExactNumber(right)).description == String(left + right))
        }
    }
}
