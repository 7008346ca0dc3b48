/// A socket could not be opened for listening.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    /// The address cannot be bound.
    case refused(address: String, cause: String)
    /// More connections than the port takes.
    case busy

    package var description: String {
        switch self {
        case .refused(let address, let cause):
            "Cannot listen on \(address): \(cause). Stop the program that holds the port, or choose another address."
        case .busy: "Too many connections."
        }
    }
}
