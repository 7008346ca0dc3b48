import Foundation
import RPC
import Runtime

/// An authority and the certificates of a test, in a temporary folder.
struct TestCertificates {
    let folder: String
    let authority: CertificateAuthority

    init() throws {
        folder = NSTemporaryDirectory() + "rpc-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        authority = try CertificateAuthority(name: "Test authority")
    }

    func remove() throws { try FileManager.default.removeItem(atPath: folder) }

    /// Issues a certificate for this machine's loopback and writes it; once more under the same name replaces it.
    func files(
        _ name: String, uri: String? = nil, hosts: [String] = ["localhost"], addresses: [[UInt8]] = [[127, 0, 0, 1]],
        from begin: Date = Date(), lifetime: TimeInterval = 3600, by other: CertificateAuthority? = nil,
        trusting authorities: CertificateAuthority? = nil
    ) throws -> TLSFiles {
        let issued = try (other ?? authority).issue(
            name: name, uri: uri, hosts: hosts, addresses: addresses, from: begin, lifetime: lifetime)
        let place = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try issued.certificate.write(toFile: "\(place)/tls.crt", atomically: true, encoding: .utf8)
        try issued.key.write(toFile: "\(place)/tls.key", atomically: true, encoding: .utf8)
        try (authorities ?? authority).issued.certificate.write(
            toFile: "\(place)/ca.crt", atomically: true, encoding: .utf8)
        return TLSFiles(folder: place)
    }

    func identity(_ name: String, uri: String? = nil) throws -> TLSIdentity { try TLSIdentity(files(name, uri: uri)) }
}
