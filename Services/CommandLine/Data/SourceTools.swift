import Foundation
import Lookup

/// The Python helpers that take files out of archives and packages, in a virtual environment in the data folder.
struct SourceTools {
    private let folder: String
    /// Folders in which a package's archive may lie already.
    private let places: [String]

    /// The tools that every environment needs; the marshalled tables of one package lie in an LMDB file.
    private static let requirements = ["lmdb>=1.4,<4"]

    /// - Parameter places: folders of downloads, which are looked in before anything is fetched.
    init(dataFolder: String, places: [String]) {
        folder = dataFolder + "/tools"
        self.places = places
    }

    /// Makes a plain file of a download that may be packed.
    func unpack(_ path: String, member: String?, to target: String) throws {
        if path.hasSuffix(".zip") {
            guard let member else { throw PullError("\(path) is an archive, and the list names no file inside it") }
            try read(["member", path, member, target])
        } else if path.hasSuffix(".gz") {
            try read(["gunzip", path, target])
        } else {
            if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
            try FileManager.default.copyItem(atPath: path, toPath: target)
        }
    }

    /// Takes a file out of a package, through a reader where the list names one.
    func extract(_ package: PackageSource, reader: FileSource.Reader?, to target: String) throws {
        let archive = try archive(of: package)
        guard let reader else { return try read(["member", archive, package.member, target]) }
        let raw = target + ".raw"
        try read(["member", archive, package.member, raw])
        defer { remove(raw) }
        try read([reader.rawValue, raw, target], withTools: reader.readsEditorTables)
    }

    /// Fetches an official download, and its member where it is an archive.
    func download(_ address: String, member: String?, to target: String) throws {
        guard let member else { return try read(["download", address, target]) }
        let archive = target + ".zip"
        defer { remove(archive) }
        try read(["download", address, archive])
        try read(["member", archive, member, target])
    }

    // MARK: Packages

    /// The package's archive, downloaded once and checked.
    private func archive(of package: PackageSource) throws -> String {
        let packages = folder + "/packages"
        try FileManager.default.createDirectory(atPath: packages, withIntermediateDirectories: true)
        for place in [packages] + places {
            if let there = try find(package, in: place) { return there }
        }
        var arguments = [
            "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--dest",
            packages,
        ]
        if let python = package.python { arguments += ["--python-version", python, "--only-binary=:all:"] }
        try run(environment(), arguments + ["\(package.name)==\(package.version)"])
        guard let there = try find(package, in: packages) else {
            throw PullError(
                "\(package.name) \(package.version) is not the archive that the list of sources pins; "
                    + "check the list, or take the file with --from")
        }
        return there
    }

    /// The archive of the pinned bytes in a folder, or nil. Archives write `-` of a package's name as `_`, or not.
    private func find(_ package: PackageSource, in place: String) throws -> String? {
        guard FileManager.default.fileExists(atPath: place) else { return nil }
        let prefix = "\(package.name)-\(package.version)".replacing("-", with: "_").lowercased()
        for name in try FileManager.default.contentsOfDirectory(atPath: place)
        where name.replacing("-", with: "_").lowercased().hasPrefix(prefix) {
            let path = place + "/" + name
            if try FileDigest.sha256(ofFileAt: path) == package.sha256 { return path }
        }
        return nil
    }

    // MARK: Python

    private func read(_ arguments: [String], withTools: Bool = false) throws {
        let script = try SourceList.resourcePath("read_source.py")
        try run(withTools ? environmentWithTools() : Self.systemPython, [script] + arguments)
    }

    /// Debian's Python when it is there: one from a version manager may lack modules that Debian installs.
    private static var systemPython: String {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") ? "/usr/bin/python3" : "python3"
    }

    /// The Python of the virtual environment, which is made when it is first needed. It is made under a name of its own
    /// and linked to when it is whole, so that one that was cut short is never used.
    private func environment() throws -> String {
        let python = folder + "/venv/bin/python3"
        if FileManager.default.isExecutableFile(atPath: python) { return python }
        let name = "venv-\(UUID().uuidString.prefix(8))"
        do {
            try run(Self.systemPython, ["-m", "venv", "--system-site-packages", "\(folder)/\(name)"])
        } catch let error as PullError {
            throw PullError("\(error.description) Install python3-venv, or take the files with --from.")
        }
        let link = "\(folder)/\(name).link"
        guard symlink(name, link) == 0, rename(link, folder + "/venv") == 0 else {
            throw PullError("\(folder)/venv cannot be made; check that the folder may be written, or remove it")
        }
        return python
    }

    private func environmentWithTools() throws -> String {
        let python = try environment()
        do {
            try run(python, ["-c", "import lmdb"])
        } catch is PullError {
            try run(
                python,
                ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"] + Self.requirements)
        }
        return python
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw PullError("\(program) cannot be started: \(error). Install python3 and python3-venv.")
        }
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let last = String(decoding: said, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
            throw PullError("`\(arguments.prefix(3).joined(separator: " "))` failed: \(last)")
        }
    }

    private func remove(_ path: String) {
        // Nothing depends on it: the next pull removes what is left.
        _ = unlink(path)
    }
}
