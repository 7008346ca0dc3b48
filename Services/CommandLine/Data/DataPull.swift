import Foundation
import Lookup

/// Gets every file of the sources list, one after the other.
struct DataPull {
    private let folder: DataFolder
    private let list: SourceList
    private let places: [String]
    private let tools: SourceTools

    /// - Parameters:
    ///   - from: a folder of downloads that is looked in first.
    ///   - shared: a folder that is looked in next, when it exists.
    init(dataFolder: String, from: String?, list: SourceList, shared: String = "../shared/data") {
        folder = DataFolder(dataFolder)
        self.list = list
        places = [from, shared].compactMap { $0 }
        tools = SourceTools(dataFolder: dataFolder, places: places)
    }

    /// Pulls all files.
    ///
    /// - Parameter report: told how far the pull is.
    /// - Returns: what came of each file.
    /// - Throws: ``PullError`` when a file that was found has other bytes than the list pins.
    func run(_ report: (ProgressOutput.Step) -> Void) throws -> [PullOutcome] {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.sources, withIntermediateDirectories: true)
        let lock = try SourcesLock(folder)
        defer { lock.release() }
        try removeDebris()
        var outcomes: [PullOutcome] = []
        for (index, file) in list.files.enumerated() {
            report(ProgressOutput.Step(done: index, total: list.files.count, text: file.file))
            let result = try pull(file)
            outcomes.append(PullOutcome(file: file, result: result))
            report(
                ProgressOutput.Step(
                    done: index + 1, total: list.files.count, text: "\(file.file): \(Self.words(result))"))
        }
        return outcomes
    }

    /// What a pull that was killed left.
    private func removeDebris() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.sources)
        where name.hasPrefix(Self.partialPrefix) {
            try FileManager.default.removeItem(atPath: folder.sources + "/" + name)
        }
    }

    private static let partialPrefix = ".partial-"

    private func pull(_ file: FileSource) throws -> PullOutcome.Result {
        let target = folder.path(of: file)
        if FileManager.default.fileExists(atPath: target) {
            if try FileDigest.sha256(ofFileAt: target) == file.sha256 { return .kept }
            // Other bytes than the list pins: the list or the file is newer. The file is fetched anew.
        }
        for place in places {
            for candidate in Self.candidates(of: file, in: place)
            where FileManager.default.fileExists(atPath: candidate) {
                return try take(file, from: candidate) { try tools.unpack(candidate, member: file.member, to: $0) }
            }
        }
        if let resource = file.resource {
            return try take(file, from: "the program itself") { try Self.copyResource(resource, to: $0) }
        }
        do {
            if let package = file.package {
                return try take(file, from: "\(package.name) \(package.version)") {
                    try tools.extract(package, reader: file.reader, to: $0)
                }
            }
            if let address = file.download {
                return try take(file, from: address) {
                    try tools.download(address, member: file.member, to: $0)
                }
            }
        } catch let error as PullError {
            return .failed(error.description)
        }
        guard FileManager.default.fileExists(atPath: target) else { return .absent }
        return .failed("lies in \(folder.sources) with other bytes than the list pins, and no place has the right ones")
    }

    /// Makes the file beside its place, checks it, and moves it there in one step.
    private func take(
        _ file: FileSource, from place: String, _ make: (String) throws -> Void
    ) throws -> PullOutcome.Result {
        // A killed pull may have left a reader behind that still writes: no two pulls share a name.
        let partial = folder.sources + "/" + Self.partialPrefix + "\(getpid())-" + file.file
        try make(partial)
        let found = try FileDigest.sha256(ofFileAt: partial)
        guard found == file.sha256 else {
            try FileManager.default.removeItem(atPath: partial)
            throw ChangedFile(file: file, place: place, found: found)
        }
        guard rename(partial, folder.path(of: file)) == 0 else {
            throw PullError("cannot be moved into \(folder.sources); check that the folder may be written")
        }
        return .taken(from: place)
    }

    private static func candidates(of file: FileSource, in place: String) -> [String] {
        let paths = file.places + [file.file]
        let names = paths.map { URL(fileURLWithPath: $0).lastPathComponent }
        return (paths + names).flatMap { ["\(place)/\($0)", "\(place)/\($0).gz"] }
    }

    private static func copyResource(_ name: String, to target: String) throws {
        let bytes = try SourceList.resource(name)
        guard FileManager.default.createFile(atPath: target, contents: Data(bytes)) else {
            throw PullError("cannot be written to \(target); check that the folder may be written")
        }
    }

    private static func words(_ result: PullOutcome.Result) -> String {
        switch result {
        case .kept: "there already"
        case .taken(let place): "taken from \(place)"
        case .absent: "not found"
        case .failed: "failed"
        }
    }
}
