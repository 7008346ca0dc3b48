/// Why a file could not be pulled, and what to do.
struct PullError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
