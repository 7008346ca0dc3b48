import Foundation
import Runtime

/// Whether there is a backup, in the default place, and how old it is.
struct BackupChecks {
    /// A desk whose last backup is older has likely lost the habit.
    static let oldDays = 7

    let settings: Settings
    var now = Date()

    func finding() -> Finding {
        let parent = "\(settings[.dataFolder])/backups"
        let subject = "backup"
        let advice = "Run `codingahead backup` daily, or replicate the stores (Services/README.md)."
        guard FileManager.default.fileExists(atPath: parent) else {
            return .notice(subject, "there is none in \(parent). \(advice)")
        }
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: parent).sorted(by: >)
            for name in names {
                let manifest: BackupManifest
                do throws(BackupError) { manifest = try BackupManifest.read(in: "\(parent)/\(name)") } catch {
                    continue
                }
                let taken = try Date(manifest.takenAt, strategy: .iso8601)
                let days = Int(now.timeIntervalSince(taken) / 86_400)
                let text = "\(parent)/\(name), \(days) days old"
                return days < Self.oldDays ? .good(subject, text) : .notice(subject, "\(text). \(advice)")
            }
        } catch {
            return .notice(subject, "\(parent) cannot be read. \(advice)")
        }
        return .notice(subject, "\(parent) holds no whole one. \(advice)")
    }
}
