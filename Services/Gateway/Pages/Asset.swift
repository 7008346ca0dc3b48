import Crypto

/// A file that pages link to, at an address that holds its digest, so that browsers keep it for as long as they like.
struct Asset: Sendable {
    let path: String
    let mediaType: String
    let bytes: [UInt8]

    init(name: String, type: String, mediaType: String, bytes: [UInt8]) {
        let digest = Base64URL.text(of: Array(SHA256.hash(data: bytes).prefix(9)))
        path = "/assets/\(name)-\(digest).\(type)"
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
