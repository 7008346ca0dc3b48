import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    private enum Limit {
        static let name = 100
        static let phone = 40
        static let cover = 5_000
        static let note = 2_000
        static let fileName = 120
    }

    /// Applies with the desk's form.
    package func apply(
        _ request: JobsAPI.ApplyRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Application {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let posting = try postingID(request.jobId)
            let known = try await standing(caller.account, context)
            guard known.isVerified else { throw SeekerError.unverified }
            let faults = Self.faults(request)
            guard faults.isEmpty else { throw PostingError.invalid(faults) }
            var chance = SystemRandomNumberGenerator()
            let resume = request.resume.isEmpty ? "" : try resumes.keep(request.resume)
            let application = Application(
                id: RandomID.make(using: &chance), posting: posting, account: caller.account,
                name: ContentReading.line(request.name),
                email: request.email.trimmed.isEmpty ? known.email : request.email.trimmed,
                phone: ContentReading.line(request.phone), cover: request.cover.trimmed, resume: resume,
                resumeName: resume.isEmpty ? "" : Self.shownName(request.resumeName), at: clock.now)
            do {
                try await store.apply(application)
            } catch {
                resumes.delete(resume)
                throw error
            }
            return JobsAPI.Application(application, title: "", isOwn: true, profile: nil)
        }
    }

    /// What the caller has sent.
    package func listMyApplications(
        _ request: JobsAPI.ListMyApplicationsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListApplicationsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return JobsAPI.ListApplicationsReply(
                applications: try store.applications(of: caller.account).map {
                    JobsAPI.Application($0.application, title: $0.title, isOwn: true, profile: nil)
                })
        }
    }

    /// The applicant takes it back.
    package func withdrawApplication(
        _ request: JobsAPI.ApplicationActRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Application {
        try await answering(context) {
            let caller = try Caller.writing(context)
            var moved = try await store.move(request.id, to: .withdrawn, note: nil, by: caller.account)
            resumes.delete(moved.resume)
            moved.resume = ""
            return JobsAPI.Application(moved, title: "", isOwn: true, profile: nil)
        }
    }

    /// The applications to a posting.
    package func listApplicants(
        _ request: JobsAPI.ListApplicantsRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ListApplicationsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            let found = try store.applicants(of: try postingID(request.jobId), for: caller.account)
            return JobsAPI.ListApplicationsReply(
                applications: try found.map {
                    JobsAPI.Application($0, title: "", isOwn: false, profile: try store.profile(of: $0.account))
                })
        }
    }

    /// Where an applicant stands.
    package func moveApplication(
        _ request: JobsAPI.MoveApplicationRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Application {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard let stage = ApplicationStage(rawValue: request.stage), stage != .withdrawn else {
                throw SeekerError.invalid(
                    FieldFault("stage", "received, reviewing, interview, offer, hired or declined."))
            }
            guard request.note.unicodeScalars.count <= Limit.note else {
                throw SeekerError.invalid(FieldFault("note", "At most \(Limit.note) characters."))
            }
            let moved = try await store.move(request.id, to: stage, note: request.note.trimmed, by: caller.account)
            return JobsAPI.Application(moved, title: "", isOwn: false, profile: nil)
        }
    }

    /// The résumé.
    package func getResume(
        _ request: JobsAPI.ApplicationActRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.Resume {
        try await answering(context) {
            let caller = try Caller.reading(context)
            let found = try store.application(request.id, for: caller.account).application
            guard !found.resume.isEmpty, let bytes = try resumes.read(found.resume) else { throw SeekerError.unknown }
            return JobsAPI.Resume(pdf: bytes, name: found.resumeName)
        }
    }

    private static func faults(_ request: JobsAPI.ApplyRequest) -> [FieldFault] {
        var faults: [FieldFault] = []
        let name = ContentReading.line(request.name)
        if name.isEmpty || name.unicodeScalars.count > Limit.name {
            faults.append(FieldFault("name", "Your name, in at most \(Limit.name) characters."))
        }
        if !request.email.trimmed.isEmpty, !ApplyTarget.isMailAddress(request.email.trimmed) {
            faults.append(FieldFault("email", "Write an address like name@example.org."))
        }
        if request.phone.unicodeScalars.count > Limit.phone {
            faults.append(FieldFault("phone", "At most \(Limit.phone) characters."))
        }
        if request.cover.unicodeScalars.count > Limit.cover {
            faults.append(FieldFault("cover", "At most \(Limit.cover) characters."))
        }
        if let fault = ResumeFolder.fault(request.resume) { faults.append(FieldFault("resume", fault)) }
        return faults
    }

    /// The last part of a path, without what a file system or a header could misread.
    static func shownName(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " .-_()".unicodeScalars.contains(scalar)
        }
        let text = String(String.UnicodeScalarView(kept.suffix(Limit.fileName))).trimmed
        return text.isEmpty || text.allSatisfy({ $0 == "." }) ? "resume.pdf" : text
    }
}

extension JobsAPI.Application {
    /// - Parameter isOwn: for the applicant, who does not see the employer's note.
    init(_ application: Application, title: String, isOwn: Bool, profile: SeekerProfile?) {
        self.init(
            id: application.id, jobId: application.posting.text, jobTitle: title, name: application.name,
            email: application.email, phone: application.phone, cover: application.cover,
            hasResume: !application.resume.isEmpty, resumeName: application.resumeName,
            stage: application.stage.rawValue, note: isOwn ? "" : application.note,
            appliedAt: application.at.rfc3339, profile: profile.map { JobsAPI.Profile($0) })
    }
}
