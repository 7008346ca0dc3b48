import Synchronization

/// An allow-list in a file, read again when the file changes.
package final class AllowListFile: Sendable {
    private struct State {
        var text: [UInt8]
        var list: AllowList
    }

    package let path: String
    private let methods: [String]
    private let state: Mutex<State>

    /// - Parameter methods: full names of all methods there are.
    /// - Throws: `TLSFailure` that names path and line, when it cannot be read or is malformed.
    package init(path: String, methods: [String]) throws(TLSFailure) {
        self.path = path
        self.methods = methods
        let text = try TLSFiles.bytes(path)
        state = Mutex(State(text: text, list: try AllowListFile.list(text, path, methods)))
    }

    /// The list in use.
    package var list: AllowList { state.withLock { $0.list } }

    /// Reads the file again; false when nothing changed. A list that is malformed changes nothing.
    ///
    /// - Throws: `TLSFailure` as at first.
    package func reload() throws(TLSFailure) -> Bool {
        let text = try TLSFiles.bytes(path)
        guard text != state.withLock({ $0.text }) else { return false }
        let list = try AllowListFile.list(text, path, methods)
        state.withLock { $0 = State(text: text, list: list) }
        return true
    }

    private static func list(_ text: [UInt8], _ path: String, _ methods: [String]) throws(TLSFailure) -> AllowList {
        do throws(AllowListError) {
            return try AllowList(String(decoding: text, as: UTF8.self), methods: methods)
        } catch {
            throw TLSFailure("\(path), \(error)")
        }
    }
}
