import Foundation
import Lookup
import Runtime

/// What can be said of the data folder without a running program.
struct DataChecks {
    /// Below this much free space an import, which builds a new snapshot beside the old, would fail half way.
    static let minFreeBytes: Int64 = 2 << 30

    let settings: Settings
    /// Year, month, day of UTC, as YYYY-MM-DD.
    var today = String(Date().formatted(.iso8601).prefix(10))

    func findings() -> [Finding] {
        [folder(), space()].compactMap { $0 } + codeSets()
    }

    private var path: String { settings[.dataFolder] }

    private func folder() -> Finding {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return .bad("data folder", "\(path) does not exist. Services/run makes it; or set CODINGAHEAD_DATA.")
        }
        guard isFolder.boolValue else {
            return .bad("data folder", "\(path) is a file. Move it away, or set CODINGAHEAD_DATA to a folder.")
        }
        guard FileManager.default.isWritableFile(atPath: path) else {
            return .bad("data folder", "\(path) cannot be written by this user. Change its owner or mode.")
        }
        return .good("data folder", path)
    }

    private func space() -> Finding? {
        let attributes: [FileAttributeKey: Any]
        do { attributes = try FileManager.default.attributesOfFileSystem(forPath: path) } catch { return nil }
        guard let free = (attributes[.systemFreeSize] as? NSNumber)?.int64Value else { return nil }
        let text = "\(free >> 20) MiB free"
        guard free < Self.minFreeBytes else { return .good("disk", text) }
        return .notice("disk", text + "; an import needs 2048 MiB. Make room.")
    }

    private func codeSets() -> [Finding] {
        let subject = "code sets"
        do {
            let editions = try SnapshotStore(dataFolder: path).editions()
            guard !editions.isEmpty else {
                return [
                    .bad(subject, "none is published. Run `codingahead data pull`, then `codingahead data import`.")
                ]
            }
            let codes = editions.reduce(0) { $0 + $1.codes }
            return [.good(subject, "\(editions.count) editions, \(codes) codes and headings")]
                + EditionChecks(editions: editions, today: today).findings()
        } catch {
            return [
                .bad(
                    subject, "the published snapshot cannot be read (\(error)). Run `codingahead data import` again.")
            ]
        }
    }
}
