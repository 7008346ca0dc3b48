import NIOCore
import NIOSSL
import Synchronization

/// A TLS identity that is read again when its files change: connections made after a reload use what is new, those that are open keep
/// what they were made with.
///
/// TLS 1.3 only, and only for this protocol: both sides negotiate the application protocol (ALPN, RFC 7301) `codingahead-rpc/1`.
package final class TLSIdentity: Sendable {
    /// What both sides name in ALPN.
    package static let applicationProtocol = "codingahead-rpc/1"

    private struct State {
        var content: TLSFiles.Content
        var contexts: Contexts
    }

    private struct Contexts {
        var client: NIOSSLContext
        /// Asks for a certificate and checks it; nil without a certificate of one's own.
        var mutual: NIOSSLContext?
        /// Asks for none.
        var open: NIOSSLContext?
        var expiry: Int?
    }

    package let files: TLSFiles
    private let state: Mutex<State>

    /// Reads the files.
    ///
    /// - Throws: `TLSFailure` when one cannot be read, holds no PEM, or the key is not the certificate's.
    package init(_ files: TLSFiles) throws(TLSFailure) {
        self.files = files
        let content = try files.read()
        state = Mutex(State(content: content, contexts: try TLSIdentity.contexts(content, files)))
    }

    /// Reads the files again; false when nothing changed. What is in use stays in use when this fails: in the middle of a swap the key may
    /// not be the certificate's yet.
    ///
    /// - Throws: `TLSFailure` as at first.
    package func reload() throws(TLSFailure) -> Bool {
        let content = try files.read()
        guard content != state.withLock({ $0.content }) else { return false }
        let contexts = try TLSIdentity.contexts(content, files)
        state.withLock { $0 = State(content: content, contexts: contexts) }
        return true
    }

    /// When the first certificate of the chain in use expires, in seconds since 1970; nil without one.
    package var expiry: Int? { state.withLock { $0.contexts.expiry } }

    var clientContext: NIOSSLContext { state.withLock { $0.contexts.client } }

    /// - Throws: `TLSFailure` when there is no certificate to serve with.
    func serverContext(askingForCertificates isAsking: Bool) throws(TLSFailure) -> NIOSSLContext {
        let contexts = state.withLock { $0.contexts }
        guard let context = isAsking ? contexts.mutual : contexts.open else {
            throw TLSFailure("a server needs a certificate and its key")
        }
        return context
    }

    private static func contexts(_ content: TLSFiles.Content, _ files: TLSFiles) throws(TLSFailure) -> Contexts {
        let roots = try content.authorities.map { bytes throws(TLSFailure) in
            NIOSSLTrustRoots.certificates(try certificates(bytes, files.authorities ?? ""))
        }
        var client = TLSConfiguration.makeClientConfiguration()
        client.trustRoots = roots ?? .default
        guard let chainBytes = content.certificate, let keyBytes = content.key else {
            return Contexts(client: try context(client, files))
        }
        let chain = try certificates(chainBytes, files.certificate ?? "")
        let sources = chain.map { NIOSSLCertificateSource.certificate($0) }
        let key: NIOSSLPrivateKey
        do { key = try NIOSSLPrivateKey(bytes: keyBytes, format: .pem) } catch {
            throw TLSFailure("\(files.key ?? "") holds no private key in PEM without a passphrase")
        }
        client.certificateChain = sources
        client.privateKey = .privateKey(key)
        var open = TLSConfiguration.makeServerConfiguration(certificateChain: sources, privateKey: .privateKey(key))
        var mutual = open
        mutual.certificateVerification = .noHostnameVerification
        mutual.trustRoots = roots ?? .default
        open.certificateVerification = .none
        let expiry = chain.map { Int($0.notValidAfter) }.min()
        return Contexts(
            client: try context(client, files), mutual: try context(mutual, files), open: try context(open, files),
            expiry: expiry)
    }

    private static func certificates(_ bytes: [UInt8], _ path: String) throws(TLSFailure) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
            if !certificates.isEmpty { return certificates }
        } catch {
            throw TLSFailure("\(path) holds no certificate in PEM")
        }
        throw TLSFailure("\(path) holds no certificate in PEM")
    }

    private static func context(
        _ configuration: TLSConfiguration, _ files: TLSFiles
    ) throws(TLSFailure) -> NIOSSLContext {
        var configuration = configuration
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = [applicationProtocol]
        configuration.shutdownTimeout = .seconds(1)
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw TLSFailure("\(files.key ?? "the key") is not the key of \(files.certificate ?? "the certificate")")
        }
    }
}
