import Foundation
import Testing

/// From the mail that Accounts writes to the page that its link opens, with all five programs and a Maildir.
@Suite struct MailedLinkTests {
    private static let email = "mailed@example.org"

    @Test func `the mailed links verify an address and set a new password, each once`() async throws {
        try await RunningDesk.with(RunningDesk.Name.allCases) { desk in
            let web = Web()
            try await send(
                web, desk, "/register", ["email": Self.email, "password": "correct horse battery"], page: "/register")
            let verify = try await link("/verify?token=", in: desk)
            let verified = try await send(web, desk, "/verify", ["token": token(verify)], page: verify)
            #expect(verified.status == 200)
            #expect(verified.body.contains("Your address is verified"))
            let again = try await send(web, desk, "/verify", ["token": token(verify)], page: verify)
            #expect(again.status == 404)

            let other = Web()
            let asked = try await send(other, desk, "/reset", ["email": Self.email], page: "/reset")
            #expect(asked.body.contains("If this address has an account"))
            let reset = try await link("/reset?token=", in: desk)
            let fields = ["token": token(reset), "password": "another long password"]
            let set = try await send(other, desk, "/reset", fields, page: reset)
            #expect(set.status == 200)
            let twice = try await send(other, desk, "/reset", fields, page: reset)
            #expect(twice.status == 404)
            let old = try await logIn(desk, "correct horse battery")
            #expect(old == 401)
            let new = try await logIn(desk, "another long password")
            #expect(new == 200)
        }
    }

    private func logIn(_ desk: RunningDesk, _ password: String) async throws -> Int {
        try await send(Web(), desk, "/login", ["email": Self.email, "password": password], page: "/login").status
    }

    /// Opens a page and sends the form on it.
    @discardableResult private func send(
        _ web: Web, _ desk: RunningDesk, _ path: String, _ fields: [String: String], page: String
    ) async throws -> Web.Answer {
        let form = try await web.get(desk.origin + page)
        var fields = fields
        let csrf: String = try #require(form.value(of: "csrf"), "\(page) has no form: \(form.status)")
        fields["csrf"] = csrf
        return try await web.post(desk.origin + path, form: fields)
    }

    private func token(_ link: String) -> String { link.split(separator: "=").last.map(String.init) ?? "" }

    /// The path of a link in the mail that lies in the Maildir.
    private func link(_ start: String, in desk: RunningDesk) async throws -> String {
        let text = try await desk.mail(with: desk.origin + start)
        let place = try #require(text.range(of: desk.origin + start))
        let address = text[place.lowerBound...].prefix { !$0.isWhitespace && $0 != "\"" && $0 != "<" }
        return String(address.dropFirst(desk.origin.count))
    }
}
