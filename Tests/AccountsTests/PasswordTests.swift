import Accounts
import Testing

@Suite struct PasswordTests {
    @Test(
        arguments: [
            "correct horse battery staple", "nine unrelated pears", "Tr0ub4dor&3xyz", "пароль-из-слов", "7fK!q-92Lm",
            "password manager says hi 42", "zzyzx road 1988", "quilt fjord jab", "vexing ostrich", "41c8e9d02f",
            "8471029384756",
        ])
    func `passwords that are long enough and not obvious are taken`(text: String) throws {
        let address = try EmailAddress("coder@example.org")
        #expect(try Password(choosing: text, for: address).bytes == Array(text.utf8))
    }

    @Test(
        arguments: [
            "", "short", "123456789", String(repeating: "long", count: 257), "1234567890", "0987654321", "qwertyuiop",
            "abcdefghij", "aaaaaaaaaa", "abababababab", "abcdabcdabcd", "Password123", "password1!", "P@ssw0rd!!!",
            "Welcome2026!", "letmein1234", "iloveyou2026", "medicalcoding1", "coder@example.org", "CODER@EXAMPLE.ORG",
            "1q2w3e4r5t", "dragonmonkey", "DragonMonkey7!", "yeknomyeknom", "manchester1", "4815162342",
            "Medicare2026", "princess!!", "19841225071", "nurse.Rachel",
        ])
    func `passwords that are too short, too long or obvious are refused`(text: String) throws {
        let address = try EmailAddress("coder@example.org")
        let error = #expect(throws: InvalidField.self) { try Password(choosing: text, for: address) }
        #expect(error?.field == "password")
        #expect(text.isEmpty || error?.message.contains(text) == false)
    }

    @Test(
        arguments: [
            ("cafe\u{301} au lait, chaud", "caf\u{E9} au lait, chaud"),
            ("three\u{A0}wide\u{3000}spaces", "three wide spaces"), ("\u{212B}ngstrom unit", "\u{C5}ngstrom unit"),
            // Width, case and ligatures stay: OpaqueString maps none of them.
            ("\u{FF21}\u{FB01} Stra\u{DF}e", "\u{FF21}\u{FB01} Stra\u{DF}e"),
            ("plain ASCII  text", "plain ASCII  text"),
        ])
    func `a password has one form, however it is typed`(typed: String, form: String) throws {
        #expect(Array(Password.prepared(typed).utf8) == Array(form.utf8))
        #expect(Array(Password.prepared(form).utf8) == Array(form.utf8))
        let address = try EmailAddress("coder@example.org")
        #expect(try Password(chosen: typed, for: address).bytes == Array(form.utf8))
    }

    @Test(arguments: [
        "nine\u{0}unrelated pears", "nine\tunrelated pears", "nine \u{E000} unrelated", "nine \u{378} pears",
    ])
    func `what cannot be typed everywhere is no password`(text: String) throws {
        let address = try EmailAddress("coder@example.org")
        #expect(throws: InvalidField.self) { try Password(chosen: text, for: address) }
    }

    @Test func `megabytes are refused before anything is composed`() throws {
        let text = String(repeating: "e\u{301}", count: 3_000_000)
        let begun = ContinuousClock.now
        #expect(Password.prepared(text).utf8.count == text.utf8.count)
        let address = try EmailAddress("coder@example.org")
        #expect(throws: InvalidField.self) { try Password(chosen: text, for: address) }
        #expect(ContinuousClock.now - begun < .seconds(1))
    }
}
