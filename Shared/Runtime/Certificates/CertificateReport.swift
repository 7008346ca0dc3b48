package import FoundationEssentials
import Glibc
import RPC
import X509

/// What an operator should know of one holder's certificate.
package enum CertificateReport: Sendable, Equatable {
    /// Good until then.
    case good(until: Date)
    /// Good, but expires in fewer than 30 days.
    case expiring(Date)
    case expired(Date)
    /// Cannot be used; says why.
    case unusable(String)
    /// The key can be read by others than its owner and group.
    case exposedKey(path: String)

    /// Renewal takes an operator's attention; a month is enough for it.
    package static let notice: TimeInterval = 30 * 86_400

    /// Looks at a folder with `tls.crt`, `tls.key` and `ca.crt`.
    package init(folder: String, now: Date = Date()) {
        let files = TLSFiles(folder: folder)
        do throws(TLSFailure) {
            guard let seconds = try TLSIdentity(files).expiry else {
                self = .unusable("\(folder) holds no certificate")
                return
            }
            let expiry = Date(timeIntervalSince1970: TimeInterval(seconds))
            if expiry < now {
                self = .expired(expiry)
            } else if CertificateReport.isExposed("\(folder)/tls.key") {
                self = .exposedKey(path: "\(folder)/tls.key")
            } else {
                self = expiry < now + Self.notice ? .expiring(expiry) : .good(until: expiry)
            }
        } catch {
            self = .unusable(error.description)
        }
    }

    private static func isExposed(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o004 != 0
    }
}
