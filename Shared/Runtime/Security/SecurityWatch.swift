import Logging
import Metrics
import RPC
import ServiceLifecycle

/// Reads certificates, key, authorities and allow-list again when their files have changed, so that neither needs a restart.
///
/// It looks at the content, not at a time stamp or an inode: orchestrators swap a whole folder by its symbolic link.
struct SecurityWatch: Service {
    /// Between two looks: a certificate is renewed days before it expires.
    static let interval = Duration.seconds(10)

    let security: ProgramSecurity
    let logger: Logger
    var metrics: MetricsRegistry?
    var interval = SecurityWatch.interval

    func run() async throws {
        noteExpiry()
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do { try await Task.sleep(for: interval) } catch { return }
                look()
            }
        }
    }

    /// What is malformed is left alone: what was read before stays in use.
    func look() {
        do throws(TLSFailure) {
            if let identity = security.identity, try identity.reload() {
                logger.info("certificate read anew")
                noteExpiry()
            }
        } catch {
            logger.error("certificate not read anew", metadata: ["cause": "\(error)"])
        }
        do throws(TLSFailure) {
            if let callers = security.callers, try callers.reload() { logger.info("allow-list read anew") }
        } catch {
            logger.error("allow-list not read anew", metadata: ["cause": "\(error)"])
        }
        do throws(TLSFailure) {
            if let tokens = security.tokens, try tokens.reload() { logger.info("tokens read anew") }
        } catch {
            logger.error("tokens not read anew", metadata: ["cause": "\(error)"])
        }
    }

    /// When the certificate in use ends, in seconds since 1970.
    private func noteExpiry() {
        guard let metrics, let expiry = security.identity?.expiry else { return }
        Meter(label: "tls_certificate_expires_timestamp_seconds", factory: metrics).set(expiry)
    }
}
