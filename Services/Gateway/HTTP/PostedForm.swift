import HTTPTypes
import Hummingbird
import NIOCore

/// A form that a browser posted, accepted only with its token.
struct PostedForm: Sendable {
    /// The longest password and address, escaped, with room to spare.
    static let maximumBytes = 64 * 1024

    let fields: FormFields

    /// Reads the body of a request.
    /// - Parameter limit: the most bytes that it may have.
    /// - Throws: `HTTPError` 413 for a longer body, 415 for another media type, 403 without a valid token or when the
    ///   browser says that another site made it post.
    init(_ request: Request, tokens: FormTokens, upTo limit: Int = maximumBytes) async throws {
        let mediaType = request.headers[.contentType].map { $0.prefix { $0 != ";" } } ?? ""
        guard mediaType.lowercased().filter({ $0 != " " }) == "application/x-www-form-urlencoded" else {
            throw HTTPError(.unsupportedMediaType, message: "Send the form as application/x-www-form-urlencoded.")
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw HTTPError(.contentTooLarge, message: "This form may be at most \(limit / 1024) KiB long.")
        }
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw HTTPError(.badRequest, message: "The form is not UTF-8.")
        }
        fields = FormFields(text)
        let site = request.headers[.secFetchSite] ?? "same-origin"
        guard site == "same-origin" || site == "none", tokens.isValid(fields["csrf"], for: request) else {
            throw HTTPError(
                .forbidden,
                message: "This form is out of date, or cookies are off. "
                    + "Go back, load the page again and send it once more."
            )
        }
    }
}
