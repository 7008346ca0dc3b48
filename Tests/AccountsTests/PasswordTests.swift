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
}
