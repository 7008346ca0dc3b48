import Crypto
package import FoundationEssentials
import SwiftASN1
import X509

/// An authority for development: a key and a certificate of its own that sign the certificates of programs.
///
/// ECDSA on P-256, version 3 (RFC 5280); whoever holds its key can be any program, so it stays where it was made.
package struct CertificateAuthority: Sendable {
    /// A certificate and its key, both in PEM.
    package struct Issued: Sendable, Equatable {
        package var certificate: String
        package var key: String
    }

    /// How long an authority lives: longer than anything that it signs.
    package static let lifetime: TimeInterval = 10 * 365 * 86_400
    /// Clocks of two machines may differ by this much.
    private static let skew: TimeInterval = 300

    private let certificate: Certificate
    private let key: Certificate.PrivateKey
    /// In PEM, with the secret.
    package let issued: Issued

    /// Makes an authority.
    ///
    /// - Parameters:
    ///   - name: its common name.
    ///   - now: when it begins.
    /// - Throws: an error of X509 when it cannot be made.
    package init(name: String, now: Date = Date()) throws {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(name) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: now - Self.skew, notValidAfter: now + Self.lifetime, issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            },
            issuerPrivateKey: key)
        try self.init(certificate: certificate, key: key)
    }

    /// Reads an authority back.
    ///
    /// - Throws: an error of X509 when the PEM is none, or holds no authority.
    package init(_ issued: Issued) throws {
        try self.init(
            certificate: Certificate(pemEncoded: issued.certificate),
            key: Certificate.PrivateKey(pemEncoded: issued.key))
    }

    private init(certificate: Certificate, key: Certificate.PrivateKey) throws {
        self.certificate = certificate
        self.key = key
        issued = Issued(
            certificate: try certificate.serializeAsPEM().pemString, key: try key.serializeAsPEM().pemString)
    }

    /// When it expires.
    package var expiry: Date { certificate.notValidAfter }

    /// Makes a certificate, for servers and clients alike.
    ///
    /// - Parameters:
    ///   - name: its common name.
    ///   - uri: the caller's name in allow-lists; nil: its first host.
    ///   - hosts: DNS names.
    ///   - addresses: IP addresses, 4 or 16 bytes each.
    /// - Throws: an error of X509 when it cannot be made.
    package func issue(
        name: String, uri: String? = nil, hosts: [String] = [], addresses: [[UInt8]] = [], from begin: Date = Date(),
        lifetime: TimeInterval
    ) throws -> Issued {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let names =
            (uri.map { [GeneralName.uniformResourceIdentifier($0)] } ?? []) + hosts.map { .dnsName($0) }
            + addresses.map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: begin - Self.skew, notValidAfter: begin + lifetime, issuer: certificate.subject,
            subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth, .clientAuth])
                if !names.isEmpty { SubjectAlternativeNames(names) }
            },
            issuerPrivateKey: self.key)
        return Issued(
            certificate: try certificate.serializeAsPEM().pemString, key: try key.serializeAsPEM().pemString)
    }
}
