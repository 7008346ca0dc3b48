import Synchronization

/// A value that the tasks of a test share.
package final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    package init(_ value: Value) { self.value = Mutex(value) }

    package func withLock<R: Sendable>(_ body: (inout Value) -> R) -> R {
        value.withLock { value in
            var copy = value
            defer { value = copy }
            return body(&copy)
        }
    }

    package var current: Value { value.withLock { $0 } }
}
