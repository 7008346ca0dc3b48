import Foundation
import RPC
import Runtime

/// Whether the certificates that the settings name can be used, and for how long.
struct CertificateChecks {
    let settings: Settings
    var now = Date()

    func findings() -> [Finding] {
        guard let folder = settings[.tlsFolder] else { return [] }
        let holders = CertificateFolder.holders.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
        guard !holders.isEmpty else {
            return [
                .bad(
                    "certificates",
                    "\(folder) holds no folder of a program. `codingahead certificates --folder \(folder)` makes them.")
            ]
        }
        return holders.map { finding(of: $0, in: "\(folder)/\($0)") } + [callers()].compactMap { $0 }
    }

    private func finding(of holder: String, in folder: String) -> Finding {
        let subject = "certificate of \(holder)"
        switch CertificateReport(folder: folder, now: now) {
        case .good(let date): return .good(subject, "good until \(Self.day(date))")
        case .expiring(let date):
            return .notice(subject, "expires on \(Self.day(date)). Renew it: `codingahead certificates --renew`.")
        case .expired(let date):
            return .bad(subject, "expired on \(Self.day(date)). Renew it: `codingahead certificates --renew`.")
        case .unusable(let reason): return .bad(subject, reason)
        case .exposedKey(let path): return .notice(subject, "\(path) can be read by everyone. Run chmod 600 on it.")
        }
    }

    private func callers() -> Finding? {
        guard let path = settings[.tlsCallers] else { return nil }
        do throws(TLSFailure) {
            _ = try ProgramSecurity(settings, holder: CertificateFolder.operatorName).callers
            return .good("allow-list", path)
        } catch {
            return .bad("allow-list", error.description)
        }
    }

    private static func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
}
