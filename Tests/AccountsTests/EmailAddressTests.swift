import Accounts
import Testing

@Suite struct EmailAddressTests {
    @Test(
        arguments: [
            ("coder@example.org", "coder@example.org"), ("  Coder@Example.ORG\n", "coder@example.org"),
            ("a.b+c'd@mail.example.co.uk", "a.b+c'd@mail.example.co.uk"),
            ("x@xn--bcher-kva.example", "x@xn--bcher-kva.example"),
            ("1@1.example", "1@1.example"),
        ])
    func `addresses that mail can be sent to are taken`(written: String, canonical: String) throws {
        #expect(try EmailAddress(written).canonical == canonical)
    }

    @Test(
        arguments: [
            "", "   ", "coder", "@example.org", "coder@", "coder@example", "co der@example.org", "coder@@example.org",
            ".coder@example.org", "coder.@example.org", "co..der@example.org", "coder@-example.org",
            "coder@example-.org", "coder@example..org", "coder@exa_mple.org", "coder@127.0.0.1", "cödér@example.org",
            "coder@example.org\u{0}", "\"coder\"@example.org", "coder@example.org,other@example.org",
            String(repeating: "a", count: 65) + "@example.org",
            "a@" + String(repeating: "b.", count: 130) + "org",
        ])
    func `what is no address is refused by the field's name`(written: String) {
        let error = #expect(throws: InvalidField.self) { try EmailAddress(written) }
        #expect(error?.field == "email")
    }
}
