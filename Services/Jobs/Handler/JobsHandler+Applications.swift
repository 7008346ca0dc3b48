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
        _ request: SeekersAPI.ApplyRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.Application {
        try await answering(context) {
            let caller = try Caller.writing(context)
            let posting = try postingID(request.id)
            let known = try await standings.of(caller.account, within: context)
            guard known.isVerified else { throw SeekerError.unverified }
            let faults = Self.faults(request)
            guard faults.isEmpty else { throw PostingError.invalid(faults) }
            var chance = SystemRandomNumberGenerator()
            let application = Application(
                id: RandomID.make(using: &chance), posting: posting, account: caller.account,
                name: ContentReading.line(request.name),
                email: request.email.trimmed.isEmpty ? known.email : request.email.trimmed,
                phone: ContentReading.line(request.phone), cover: request.cover.trimmed, resume: request.resume,
                resumeName: request.resume.isEmpty ? "" : Self.shownName(request.resumeName), at: clock.now)
            let people = try await peopleToTell(of: posting)
            let letters = letters
            try await store.apply(application) { posting in
                people.map { letters.application(application.id, to: posting, address: $0) }
            }
            return SeekersAPI.Application(application, title: "", isOwn: true, profile: nil)
        }
    }

    /// What the caller has sent.
    package func listMyApplications(
        _ request: SeekersAPI.ListMyApplicationsRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.ListApplicationsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return SeekersAPI.ListApplicationsReply(
                applications: try store.applications(of: caller.account).map {
                    SeekersAPI.Application($0.application, title: $0.title, isOwn: true, profile: nil)
                })
        }
    }

    /// The applicant takes it back.
    package func withdrawApplication(
        _ request: SeekersAPI.ApplicationActRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.Application {
        try await answering(context) {
            let caller = try Caller.writing(context)
            var moved = try await store.move(request.id, to: .withdrawn, note: nil, by: Agent(caller.account))
            resumes.delete(moved.resume)
            moved.resume = ""
            return SeekersAPI.Application(moved, title: "", isOwn: true, profile: nil)
        }
    }

    /// The applications to a posting.
    package func listApplicants(
        _ request: EmployersAPI.ListApplicantsRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.ListApplicationsReply {
        try await answering(context) {
            let agent = try await agent(reading: context)
            let found = try store.applicants(of: try postingID(request.id), for: agent)
            return SeekersAPI.ListApplicationsReply(
                applications: try found.map {
                    SeekersAPI.Application($0, title: "", isOwn: false, profile: try store.profile(of: $0.account))
                })
        }
    }

    /// Where an applicant stands.
    package func moveApplication(
        _ request: EmployersAPI.MoveApplicationRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.Application {
        try await answering(context) {
            let agent = try await agent(writing: context)
            guard let stage = ApplicationStage(rawValue: request.stage), stage != .withdrawn else {
                throw SeekerError.invalid(
                    FieldFault("stage", "received, reviewing, interview, offer, hired or declined."))
            }
            guard request.note.unicodeScalars.count <= Limit.note else {
                throw SeekerError.invalid(FieldFault("note", "At most \(Limit.note) characters."))
            }
            let moved = try await store.move(request.id, to: stage, note: request.note.trimmed, by: agent)
            return SeekersAPI.Application(moved, title: "", isOwn: false, profile: nil)
        }
    }

    /// Whom an application is told to.
    private func peopleToTell(of id: PostingID) async throws -> [String] {
        guard let posting = try store.posting(id, for: nil, isModerator: false) else { throw PostingError.unknown }
        return try await standings.of(try store.accounts(of: posting.employer.id)).compactMap(\.mailAddress)
    }

    private static func faults(_ request: SeekersAPI.ApplyRequest) -> [FieldFault] {
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
        return faults
    }

    /// The last part of a path, without what a file system or a header could misread.
    static func shownName(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last ?? ""
        let kept = last.unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " .-_()".unicodeScalars.contains(scalar)
        }
        let text = String(String.UnicodeScalarView(kept.suffix(Limit.fileName))).trimmed
        return text.isEmpty || text.allSatisfy({ $0 == "." }) ? "resume.pdf" : text
    }
}

extension SeekersAPI.Application {
    /// - Parameter isOwn: for the applicant, who does not see the employer's note.
    init(_ application: Application, title: String, isOwn: Bool, profile: SeekerProfile?) {
        self.init(
            id: application.id, jobId: application.posting.text, jobTitle: title, name: application.name,
            email: application.email, phone: application.phone, cover: application.cover,
            hasResume: !application.resume.isEmpty, resumeName: application.resumeName,
            stage: application.stage.rawValue, note: isOwn ? "" : application.note,
            appliedAt: application.at.rfc3339, profile: profile.map { SeekersAPI.Profile($0) })
    }
}
