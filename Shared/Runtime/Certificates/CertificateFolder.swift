package import FoundationEssentials
import Glibc

/// The folder that `CODINGAHEAD_TLS_FOLDER` names, as a development machine has it: one folder for each program and for the operator, in the
/// layout of a Kubernetes TLS secret (`tls.crt`, `tls.key`, `ca.crt`), the authority that signed them, and an allow-list.
package struct CertificateFolder: Sendable {
    /// Who holds a certificate besides the programs: whoever runs `codingahead`.
    package static let operatorName = "operator"
    /// Everyone who gets one.
    package static let holders = ProgramName.allCases.map(\.rawValue) + [operatorName]

    package let path: String

    package init(_ path: String) { self.path = path }

    /// The allow-list that is written beside the certificates.
    package var callers: String { "\(path)/callers" }

    /// Makes the authority, a certificate for each holder and the allow-list.
    ///
    /// - Parameters:
    ///   - hosts: DNS names or IP addresses under which the programs are called, besides their own names and this machine's loopback.
    ///   - lifetime: of the certificates.
    /// - Returns: the paths that were written.
    /// - Throws: `CertificateFolderError`, when something is there already; nothing was written then.
    package func make(hosts: [String], lifetime: TimeInterval, now: Date = Date()) throws -> [String] {
        let present = names.filter { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
        guard present.isEmpty else { throw CertificateFolderError.present(path: path, names: present) }
        let authority = try CertificateAuthority(name: "Coding Ahead development authority", now: now)
        var written = [
            try write(authority.issued.key, "authority/ca.key", isSecret: true),
            try write(authority.issued.certificate, "authority/ca.crt"),
        ]
        written += try issue(authority, hosts: hosts, lifetime: lifetime, now: now)
        written.append(try write(Self.allowList, "callers"))
        return written
    }

    /// Makes new keys and certificates with the authority that is there; the allow-list stays.
    ///
    /// - Throws: `CertificateFolderError` when there is no authority, or it expires before they would.
    package func renew(hosts: [String], lifetime: TimeInterval, now: Date = Date()) throws -> [String] {
        let authority: CertificateAuthority
        do {
            authority = try CertificateAuthority(
                CertificateAuthority.Issued(
                    certificate: String(contentsOfFile: "\(path)/authority/ca.crt", encoding: .utf8),
                    key: String(contentsOfFile: "\(path)/authority/ca.key", encoding: .utf8)))
        } catch {
            throw CertificateFolderError.noAuthority(path: path)
        }
        guard authority.expiry > now + lifetime else {
            throw CertificateFolderError.authorityExpires(
                path: path, days: Int(authority.expiry.timeIntervalSince(now) / 86_400))
        }
        return try issue(authority, hosts: hosts, lifetime: lifetime, now: now)
    }

    private var names: [String] { ["authority", "callers"] + Self.holders }

    private func issue(
        _ authority: CertificateAuthority, hosts: [String], lifetime: TimeInterval, now: Date
    ) throws -> [String] {
        let addresses = hosts.compactMap { NetworkAddress($0) }
        let names = hosts.filter { NetworkAddress($0) == nil }
        return try Self.holders.flatMap { holder in
            let issued = try authority.issue(
                name: holder, uri: "spiffe://codingahead/\(holder)", hosts: [holder, "localhost"] + names,
                addresses: [[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1]] + addresses.map(\.bytes),
                from: now, lifetime: lifetime)
            return [
                try write(issued.key, "\(holder)/tls.key", isSecret: true),
                try write(issued.certificate, "\(holder)/tls.crt"),
                try write(authority.issued.certificate, "\(holder)/ca.crt"),
            ]
        }
    }

    /// Writes a file beside its place and moves it there, so that nobody reads half of it.
    private func write(_ text: String, _ name: String, isSecret: Bool = false) throws -> String {
        let target = "\(path)/\(name)"
        let folder = URL(filePath: target).deletingLastPathComponent().path
        let draft = target + ".new"
        let files = FileManager.default
        do {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            if files.fileExists(atPath: draft) { try files.removeItem(atPath: draft) }
        } catch {
            throw CertificateFolderError.unwritable(path: target)
        }
        let isWritten = files.createFile(
            atPath: draft, contents: Data(text.utf8), attributes: [.posixPermissions: isSecret ? 0o600 : 0o644])
        guard isWritten, rename(draft, target) == 0 else { throw CertificateFolderError.unwritable(path: target) }
        return target
    }

    /// Who calls whom in the desk; the operator may call everything.
    static let allowList = """
        # Who may call what (Shared/RPC/README.md, Identity). One line a caller, then the methods that it may call.
        spiffe://codingahead/gateway    codingahead.lookup.v1.Lookup/* codingahead.accounts.v1.Accounts/*
        spiffe://codingahead/gateway    codingahead.accounts.me.v1.Me/* codingahead.accounts.desk.v1.Desk/*
        spiffe://codingahead/gateway    codingahead.accounts.organisations.v1.Organisations/*
        spiffe://codingahead/gateway    codingahead.accounts.standing.v1.Standing/*
        spiffe://codingahead/gateway    codingahead.accounts.billing.v1.Billing/*
        spiffe://codingahead/gateway    codingahead.accounts.administration.v1.Administration/*
        spiffe://codingahead/gateway    codingahead.assistant.v1.Assistant/* codingahead.jobs.v1.Jobs/*
        spiffe://codingahead/gateway    codingahead.assistant.consultant.v1.Consultant/*
        spiffe://codingahead/gateway    codingahead.jobs.employers.v1.Employers/* codingahead.jobs.seekers.v1.Seekers/*
        spiffe://codingahead/gateway    codingahead.jobs.moderation.v1.Moderation/*
        spiffe://codingahead/assistant  codingahead.lookup.v1.Lookup/* codingahead.accounts.v1.Accounts/*
        spiffe://codingahead/assistant  codingahead.accounts.standing.v1.Standing/*
        spiffe://codingahead/lookup     codingahead.accounts.v1.Accounts/*
        spiffe://codingahead/jobs       codingahead.accounts.v1.Accounts/* codingahead.accounts.standing.v1.Standing/*
        spiffe://codingahead/operator   *
        *                               grpc.health.v1.Health/*

        """
}
