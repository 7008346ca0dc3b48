import Testing

@testable import Gateway

@Suite("Forms with files")
struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=----b1"

    private func form(_ parts: [String]) -> [UInt8] {
        Array((parts.map { "------b1\r\n\($0)\r\n" }.joined() + "------b1--\r\n").utf8)
    }

    @Test("Fields and files come as they were sent, the first of a name wins")
    func read() throws {
        let bytes = form([
            "Content-Disposition: form-data; name=\"name\"\r\n\r\n Ada ",
            "Content-Disposition: form-data; name=\"name\"\r\n\r\nEve",
            "Content-Disposition: form-data; name=\"resume\"; filename=\"a\"b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-\r\n--x\r\n",
            "Content-Disposition: form-data; name=\"empty\"; filename=\"\"\r\n\r\n",
        ])
        let read = try #require(MultipartForm(bytes, contentType: Self.type))
        #expect(read["name"] == "Ada")
        #expect(read.files["resume"]?.bytes == Array("%PDF-\r\n--x\r\n".utf8))
        #expect(read.files["empty"] == nil)
    }

    @Test("What is broken is refused, never read half")
    func broken() {
        let whole = form([
            "Content-Disposition: form-data; name=\"a\"\r\n\r\n1",
            "Content-Disposition: form-data; name=\"b\"\r\n\r\n2",
        ])
        for length in 0..<(whole.count - 4) {
            #expect(MultipartForm(Array(whole.prefix(length)), contentType: Self.type) == nil)
        }
        #expect(MultipartForm(whole, contentType: "multipart/form-data") == nil)
        #expect(MultipartForm(whole, contentType: "text/plain; boundary=----b1") == nil)
        #expect(MultipartForm(form(["Content-Type: text/plain\r\n\r\nx"]), contentType: Self.type) == nil)
        let many = form(Array(repeating: "Content-Disposition: form-data; name=\"a\"\r\n\r\n1", count: 65))
        #expect(MultipartForm(many, contentType: Self.type) == nil)
    }
}
