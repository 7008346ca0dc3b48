/// Why a password could not be hashed.
package enum PasswordHashingError: Error, Sendable, Equatable {
    /// The system's random source, or the library, did not start.
    case unavailable
    /// The memory that the parameters ask for is not to be had now.
    case outOfMemory
    /// Too many passwords wait for the hashing thread.
    case overloaded
    /// The service is stopping.
    case closed
}
