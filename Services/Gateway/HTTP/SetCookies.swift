import Synchronization

/// The `Set-Cookie` lines that handlers leave for the reply of one request, whatever the reply becomes.
final class SetCookies: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    var all: [String] {
        lines.withLock { $0 }
    }
}
