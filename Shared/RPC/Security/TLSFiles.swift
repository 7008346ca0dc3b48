import Glibc

/// The files of a TLS identity, PEM all of them: a certificate with its chain, its private key, and the authorities whose word counts.
package struct TLSFiles: Sendable, Equatable {
    /// Longest file that is read: a chain of three certificates has 5 KiB, a bundle of every public authority 250 KiB.
    static let sizeLimit = 1024 * 1024

    /// Certificate first, then what signed it; nil: none of one's own (a client of a server that asks for none).
    package var certificate: String?
    package var key: String?
    /// Nil: the system's authorities.
    package var authorities: String?

    /// Paths, absolute or relative to the folder that the program was started in.
    package init(certificate: String?, key: String?, authorities: String?) {
        self.certificate = certificate
        self.key = key
        self.authorities = authorities
    }

    /// A folder with `tls.crt`, `tls.key` and `ca.crt`: the layout of a Kubernetes TLS secret.
    package init(folder: String) {
        self.init(certificate: "\(folder)/tls.crt", key: "\(folder)/tls.key", authorities: "\(folder)/ca.crt")
    }

    /// What the files hold.
    struct Content: Equatable, Sendable {
        var certificate: [UInt8]?
        var key: [UInt8]?
        var authorities: [UInt8]?
    }

    /// - Throws: `TLSFailure` when one of them cannot be read.
    func read() throws(TLSFailure) -> Content {
        Content(
            certificate: try certificate.map(TLSFiles.bytes), key: try key.map(TLSFiles.bytes),
            authorities: try authorities.map(TLSFiles.bytes))
    }

    /// The bytes of a small file.
    static func bytes(_ path: String) throws(TLSFailure) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw TLSFailure("\(path) cannot be read: \(errorText())") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: sizeLimit + 1)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw TLSFailure("\(path) cannot be read: \(errorText())") }
        guard count <= sizeLimit else { throw TLSFailure("\(path) has more than \(sizeLimit >> 10) KiB") }
        return Array(bytes[..<count])
    }

    private static func errorText() -> String { String(cString: strerror(errno)) }
}

extension Optional {
    /// `Optional.map` that keeps the error's type.
    fileprivate func map<Result, Failure: Error>(
        _ transform: (Wrapped) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let self else { return nil }
        return try transform(self)
    }
}
