import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Bytes of a part on the wire.
    private static let part = 1 << 20

    /// Keeps a résumé for the hour in which it is to be sent.
    package func uploadResume(
        _ requests: Requests<SeekersAPI.ResumePart>, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.ResumeUpload {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard try await standings.of(caller.account, within: context).isVerified else {
                throw SeekerError.unverified
            }
            var bytes: [UInt8] = []
            for try await part in requests {
                guard part.pdf.count <= Self.part else {
                    throw SeekerError.invalid(FieldFault("pdf", "Send parts of at most 1 MiB."))
                }
                bytes += part.pdf
                // What is too long is not read to its end.
                if bytes.count > ResumeFolder.limit { break }
            }
            if let fault = ResumeFolder.fault(bytes) { throw SeekerError.invalid(FieldFault("resume", fault)) }
            let file = try resumes.keep(bytes)
            do {
                // One at a time: what was uploaded before is not going to be sent.
                for old in try await store.noteUpload(file, of: caller.account, at: clock.now) { resumes.delete(old) }
            } catch {
                resumes.delete(file)
                throw error
            }
            return SeekersAPI.ResumeUpload(resume: file)
        }
    }

    /// The résumé in parts.
    package func getResume(
        _ request: SeekersAPI.ApplicationActRequest, to replies: ReplyWriter<SeekersAPI.ResumePart>,
        context: CallContext
    ) async throws(ServiceError) {
        try await answering(context) {
            let agent = try await agent(reading: context)
            let found = try store.application(request.id, for: agent).application
            guard !found.resume.isEmpty, let bytes = try resumes.read(found.resume) else { throw SeekerError.unknown }
            var rest = bytes[...]
            var name = found.resumeName
            while !rest.isEmpty {
                try await replies.write(SeekersAPI.ResumePart(pdf: Array(rest.prefix(Self.part)), name: name))
                rest = rest.dropFirst(Self.part)
                name = ""
            }
        }
    }
}
