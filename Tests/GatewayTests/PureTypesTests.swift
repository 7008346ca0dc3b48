import Foundation
import Testing

@testable import Gateway

@Suite("The edge's small types")
struct PureTypesTests {
    @Test(
        "A moment in UTC is shown in words and as an HTTP date",
        arguments: [
            ("1970-01-01T00:00:00Z", 0, "1 January 1970, 00:00 UTC", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("2026-12-01T00:00:00Z", 1_796_083_200, "1 December 2026, 00:00 UTC", "Tue, 01 Dec 2026 00:00:00 GMT"),
            ("2024-02-29T23:59:59.25Z", 1_709_251_199, "29 February 2024, 23:59 UTC", "Thu, 29 Feb 2024 23:59:59 GMT"),
            ("2000-03-01T05:06:07Z", 951_887_167, "1 March 2000, 05:06 UTC", "Wed, 01 Mar 2000 05:06:07 GMT"),
        ])
    func instants(text: String, seconds: Int, words: String, httpDate: String) throws {
        let instant = try #require(UTCInstant(text))
        #expect(instant.secondsSince1970 == seconds)
        #expect(instant.words == words)
        #expect(instant.httpDate == httpDate)
    }

    @Test(
        "What is no moment in UTC is none",
        arguments: ["", "2026-12-01", "2026-13-01T00:00:00Z", "2026-12-01T00:00:00"])
    func noInstants(text: String) {
        #expect(UTCInstant(text) == nil)
    }

    @Test("base64url gives back every byte, and has one spelling for each value")
    func base64() {
        for count in 0..<40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
            let text = Base64URL.text(of: bytes)
            #expect(Base64URL.bytes(of: text) == bytes)
            let standard = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            #expect(text == standard.prefix { $0 != "=" })
        }
        for wrong in ["A", "AB", "AAAAB", "A+==", "é", "AAA="] {
            #expect(Base64URL.bytes(of: wrong) == nil)
        }
    }

    @Test("A form is read whatever it holds: first of a name wins, undecodable fields are absent")
    func forms() {
        let fields = FormFields("q=a+b%20c&q=second&bad=%ff&half=%4&nul=%00&=x&lone&sp=++x++&e=%C3%A9")
        #expect(fields["q"] == "a b c")
        #expect(fields["bad"] == "" && fields["half"] == "" && fields["nul"] == "" && fields["lone"] == "")
        #expect(fields["sp"] == "x" && fields.verbatim("sp") == "  x  ")
        #expect(fields["e"] == "é")
        let many = FormFields((0..<1_000).map { "f\($0)=1" }.joined(separator: "&"))
        #expect(many["f63"] == "1" && many["f64"] == "")
    }

    @Test(
        "Only paths of this site are places to go to",
        arguments: [
            ("/", true), ("/codes/cpt/20975?on=2026-01-01", true), ("", false), ("codes", false),
            ("//evil.example", false), ("/\\evil.example", false), ("https://evil.example", false), ("/a b", false),
            ("/a\nb", false), ("/é", false), ("/" + String(repeating: "a", count: 512), false),
        ])
    func places(text: String, isLocal: Bool) {
        #expect((LocalPath(text) != nil) == isLocal)
    }

    @Test("A guest cookie is valid as we made it, and in no other way")
    func cookies() throws {
        let key = try #require(SigningKey(bytes: [UInt8](repeating: 7, count: 32)))
        let cookie = GuestCookie(key: key)
        let guest = GuestID(bytes: Array(0..<16))
        let value = cookie.value(for: guest)
        #expect(cookie.guest(of: value) == guest)
        for index in value.indices {
            var changed = value
            changed.replaceSubrange(index...index, with: value[index] == "A" ? "B" : "A")
            #expect(cookie.guest(of: changed) == nil)
        }
        let otherKey = try #require(SigningKey(bytes: [UInt8](repeating: 8, count: 32)))
        #expect(GuestCookie(key: otherKey).guest(of: value) == nil)
        #expect(cookie.guest(of: "") == nil && cookie.guest(of: value + ".") == nil)
    }

    @Test("Text is escaped by scalar, so that an accent hides no quotation mark")
    func escaping() {
        #expect(ScalarEscaping().escapeText("\"\u{301}<\u{338}&'>é") == "&quot;\u{301}&lt;\u{338}&amp;&#39;&gt;é")
    }

    @Test("Unescaped is only what templates, SVG, Markdown and the job data made, each where it belongs")
    func templates() throws {
        for name in TemplateName.allCases {
            let bytes = try SiteResources.packaged.bytes(of: "templates/\(name.rawValue).mustache")
            let text = String(decoding: bytes, as: UTF8.self)
            let unescaped = text.ranges(of: "{{{").count
            switch name {
            case .layout: #expect(unescaped == 1 && text.contains("{{{body}}}"))
            case .account, .block, .browse: #expect(unescaped == 1 && text.contains("{{{svg}}}"))
            case .job:
                #expect(unescaped == 2 && text.contains("{{{description}}}") && text.contains("{{{structured}}}"))
            case .moderation: #expect(unescaped == 1 && text.contains("{{{description}}}"))
            case .employer: #expect(unescaped == 1 && text.contains("{{{about}}}"))
            default: #expect(unescaped == 0)
            }
            #expect(!text.contains("{{&"))
            #expect(
                !text.contains("style=")
                    && (name == .layout
                        || !text.replacing("<script type=\"application/ld+json\">", with: "").contains("<script"))
                    && !text.contains(" on" + "click"))
        }
    }

    @Test("A key file is made once, readable by its user only, and a broken one is refused")
    func keyFile() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gateway-\(UUID().uuidString)")
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
        }
        let path = folder.appendingPathComponent("deep/signing.key").path
        let first = try KeyFile.read(orMakeAt: path)
        let again = try KeyFile.read(orMakeAt: path)
        let signature = first.signature(for: .guest, of: [1, 2, 3])
        #expect(again.isValid(signature, for: .guest, of: [1, 2, 3]))
        #expect(!again.isValid(signature, for: .form, of: [1, 2, 3]))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/deep") == ["signing.key"])
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        #expect(throws: KeyFile.Unusable.self) { try KeyFile.read(orMakeAt: path) }
    }
}
