import Testing

@testable import Lookup

@Suite("Words")
struct WordsTests {
    @Test(
        "Texts come apart into indexed words",
        arguments: [
            ("Type 2 diabetes mellitus", "type 2 diabet mellitu"), ("Ménière’s disease", "menier diseas"),
            ("Fractures, injuries; abscesses", "fractur injur absces"), ("E11.9", "e119"), ("0.5 mg.", "05 mg"),
            ("self-care", "self care"), ("diagnosis", "diagnosi"), ("O'Brien", "obrien"), ("...", ""), ("", ""),
            ("Straße Æsop", "strass aesop"), ("糖尿病 X", "x"), ("end. Next", "end next"), ("3.", "3"),
            ("biopsies", "biops"), ("degenerative degeneration", "degener degener"),
        ])
    func stems(text: String, expected: String) {
        var bytes: [UInt8] = []
        let count = Words.append(text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(count == expected.split(separator: " ").count)
        #expect(Words.words(of: text).map(\.stem).joined(separator: " ") == expected)
    }

    @Test("Places are Unicode scalars")
    func places() {
        let text = "👩‍👧 Ménière’s; x"
        let scalars = Array(text.unicodeScalars)
        let words = Words.words(of: text)
        #expect(words.map { String(String.UnicodeScalarView(scalars[$0.start..<$0.end])) } == ["Ménière’s", "x"])
    }
}
