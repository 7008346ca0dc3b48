import GRDB

/// A write that waits for the writer's thread; `Result` types are erased by the subclass.
// SAFETY: made by one task, then handed over to the writer's thread, which alone touches it.
class PendingWrite: @unchecked Sendable {
    /// False when nobody wants the result any more.
    func begin() -> Bool { true }

    /// Runs the closure and keeps its result.
    func run(_ database: Database) throws {}

    /// Delivers the kept result, or `failure`.
    func finish(_ failure: (any Error)?) {}
}

/// A write that gives back a `Value`.
// SAFETY: as `PendingWrite`.
final class TypedPendingWrite<Value: Sendable>: PendingWrite, @unchecked Sendable {
    private let body: @Sendable (Database) throws -> Value
    private let wanted: @Sendable () -> Bool
    private let deliver: @Sendable (Result<Value, any Error>) -> Void
    private var value: Value?

    init(
        body: @escaping @Sendable (Database) throws -> Value, wanted: @escaping @Sendable () -> Bool,
        deliver: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        self.body = body
        self.wanted = wanted
        self.deliver = deliver
    }

    override func begin() -> Bool { wanted() }

    override func run(_ database: Database) throws { value = try body(database) }

    override func finish(_ failure: (any Error)?) {
        if let failure {
            deliver(.failure(failure))
        } else if let value {
            deliver(.success(value))
        }
        value = nil
    }
}
