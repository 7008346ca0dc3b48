import Contracts
import RPC

/// A résumé on its way to Jobs and back, in parts.
struct ResumeTransfer: Sendable {
    /// Bytes of a part.
    private static let part = 1 << 20

    private let seekers: SeekersAPI.Client

    init(_ seekers: SeekersAPI.Client) { self.seekers = seekers }

    /// Uploads a file; what it is called there for the hour in which it may be sent.
    func send(_ bytes: [UInt8], options: CallOptions) async throws(ServiceError) -> String {
        let stream = seekers.uploadResume(options: options)
        var rest = bytes[...]
        while !rest.isEmpty {
            do throws(ServiceError) {
                try await stream.send(SeekersAPI.ResumePart(pdf: Array(rest.prefix(Self.part))))
            } catch {
                // The service has heard enough; `finish` says what it makes of it.
                break
            }
            rest = rest.dropFirst(Self.part)
        }
        return try await stream.finish().resume
    }

    /// The file of an application, whole.
    func fetch(_ application: String, options: CallOptions) async throws(ServiceError) -> SeekersAPI.ResumePart {
        var whole = SeekersAPI.ResumePart()
        let parts = seekers.getResume(SeekersAPI.ApplicationActRequest(id: application), options: options)
        while let part = try await parts.next() {
            whole.pdf += part.pdf
            if whole.name.isEmpty { whole.name = part.name }
        }
        return whole
    }
}
