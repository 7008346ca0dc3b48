import Accounts
import Foundation
import Lookup
import Runtime
import Storage

/// Whether the stores are sound, looked at from outside, whether their programs run or not.
struct StoreChecks {
    /// A log of this size has not been moved into its file for long: something holds a read open, or the disk is slow.
    static let longLogBytes = 256 << 20

    let settings: Settings

    func findings() -> [Finding] { BackupContents.stores.map(finding) }

    /// The migrations that this program knows of a store; nil: it does not link who owns it.
    private static func known(_ path: String) -> [String]? {
        switch path {
        case "accounts/accounts.sqlite": AccountsSchema.migrations.map(\.name)
        case "lookup/texts.sqlite": EditorTextStore.migrations.map(\.name)
        default: nil
        }
    }

    private func finding(_ program: ProgramName, _ path: String) -> Finding {
        let file = "\(settings[.dataFolder])/\(path)"
        let subject = path.split(separator: "/").last.map { "store \($0.dropLast(".sqlite".count))" } ?? path
        guard FileManager.default.fileExists(atPath: file) else {
            return .notice(subject, "\(file) is not there yet. \(program.executable) makes it when it first starts.")
        }
        guard FileManager.default.isWritableFile(atPath: file) else {
            return .bad(subject, "\(file) cannot be written by this user. Change its owner or mode.")
        }
        let look: StoreLook
        do {
            look = try StoreLook(at: file)
        } catch {
            let said = (error as? StorageError)?.message ?? "\(error)"
            let reason = said.hasSuffix(".") ? said : said + "."
            return .bad(
                subject,
                "\(reason) Stop \(program.executable), then: codingahead restore FOLDER --only \(program.rawValue) "
                    + "--replace; backups lie in \(settings[.dataFolder])/backups unless you chose another place.")
        }
        if let known = Self.known(path), let foreign = look.migrations.first(where: { !known.contains($0) }) {
            return .bad(
                subject,
                "\(file) was written by a newer program (it holds \(foreign)). Start that version, or restore a backup "
                    + "made before it.")
        }
        let size = "\(look.bytes >> 10) KiB, schema step \(look.migrations.count)"
        guard look.logBytes < Self.longLogBytes else {
            return .notice(
                subject,
                "sound, \(size), but its log has \(look.logBytes >> 20) MiB: close programs that read it (a backup, "
                    + "sqlite3), or stop and start \(program.executable).")
        }
        return .good(subject, "sound, \(size)")
    }
}
