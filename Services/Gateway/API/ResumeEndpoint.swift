import Contracts
import Hummingbird
import RPC

/// Résumés for programs: what is a stream of parts between the programs is one JSON message with the file in base64. Who may
/// send and read them is for Jobs to say, as on the pages.
struct ResumeEndpoint: Sendable {
    let site: Site

    /// `POST /v1/me/resumes`: keeps a file for the hour in which it is to be sent with `POST /v1/jobs/{id}/applications`.
    @Sendable func upload(_ call: ContractCall) async throws -> Response {
        // Known first: nobody else's megabytes are read.
        let reader = try await site.caller(call)
        guard reader.account != nil else {
            throw ServiceError(.unauthenticated, "Log in first.", reason: "no_account")
        }
        let file = try await call.value(SeekersAPI.ResumePart.self)
        let options = call.context.options(timeout: CallTimeouts.jobs, principal: reader.principal)
        let name = try await asking(.jobs) { () throws(ServiceError) in
            try await ResumeTransfer(site.services.seekers).send(file.pdf, options: options)
        }
        return JSONReply.unkept(try call.json(SeekersAPI.ResumeUpload(resume: name)))
    }

    /// `GET /v1/applications/{id}/resume`: the file, for its applicant and the employer; nothing on the way keeps it.
    @Sendable func download(_ call: ContractCall) async throws -> Response {
        let reader = try await site.caller(call)
        let message = try await call.value(SeekersAPI.ApplicationActRequest.self)
        let options = call.context.options(timeout: CallTimeouts.jobs, principal: reader.principal)
        let file = try await asking(.jobs) { () throws(ServiceError) in
            try await ResumeTransfer(site.services.seekers).fetch(message.id, options: options)
        }
        return JSONReply.unkept(try call.json(file))
    }
}
