import Calendar
package import Contracts
package import RPC

extension JobsHandler {
    /// Where one applies.
    package func followApplyLink(
        _ request: JobsAPI.FollowApplyLinkRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.FollowApplyLinkReply {
        try await answering(context) {
            let id = try postingID(request.id)
            guard let posting = try store.posting(id, for: nil, isModerator: false) else { throw PostingError.unknown }
            guard posting.record.life.state == .published else { throw SeekerError.notOpen }
            if !request.viewer.isEmpty { store.count(.click, of: id, by: request.viewer, on: clock.now.date) }
            return JobsAPI.FollowApplyLinkReply(
                method: posting.content.applyMethod.rawValue, target: posting.content.applyTarget)
        }
    }

    /// A reader says that something is wrong.
    package func reportJob(
        _ request: JobsAPI.ReportJobRequest, context: CallContext
    ) async throws(ServiceError) -> JobsAPI.ReportJobReply {
        try await answering(context) {
            let caller = try Caller.writing(context)
            guard ["expired", "scam", "duplicate", "misleading", "other"].contains(request.reason) else {
                throw SeekerError.invalid(
                    FieldFault("reason", "expired, scam, duplicate, misleading or other."))
            }
            guard request.text.unicodeScalars.count <= 1_000 else {
                throw SeekerError.invalid(FieldFault("text", "At most 1 000 characters."))
            }
            try await store.report(
                try postingID(request.id), by: caller.account, reason: request.reason, text: request.text.trimmed,
                at: clock.now)
            return JobsAPI.ReportJobReply()
        }
    }

    /// Remembers a posting.
    package func saveJob(
        _ request: SeekersAPI.SaveJobRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.SaveJobReply {
        try await setSaved(request, true, context)
    }

    /// Forgets it.
    package func unsaveJob(
        _ request: SeekersAPI.SaveJobRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.SaveJobReply {
        try await setSaved(request, false, context)
    }

    private func setSaved(
        _ request: SeekersAPI.SaveJobRequest, _ isSaved: Bool, _ context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.SaveJobReply {
        try await answering(context) {
            let caller = try Caller.writing(context)
            try await store.setSaved(try postingID(request.id), isSaved, by: caller.account, at: clock.now)
            return SeekersAPI.SaveJobReply()
        }
    }

    /// The saved postings.
    package func listSavedJobs(
        _ request: SeekersAPI.ListSavedJobsRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.ListSavedJobsReply {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return SeekersAPI.ListSavedJobsReply(
                jobs: try store.savedPostings(of: caller.account).map { JobsAPI.JobSummary($0) })
        }
    }

    /// What the caller tells employers.
    package func getProfile(
        _ request: SeekersAPI.GetProfileRequest, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.Profile {
        try await answering(context) {
            let caller = try Caller.reading(context)
            return SeekersAPI.Profile(try store.profile(of: caller.account) ?? SeekerProfile())
        }
    }

    /// Replaces it.
    package func putProfile(
        _ request: SeekersAPI.Profile, context: CallContext
    ) async throws(ServiceError) -> SeekersAPI.Profile {
        try await answering(context) {
            let caller = try Caller.writing(context)
            var profile = SeekerProfile()
            profile.name = ContentReading.line(request.name)
            profile.headline = ContentReading.line(request.headline)
            profile.credentials = request.credentials
            profile.specialties = try request.specialties.map { text in
                guard let specialty = Specialty(rawValue: text) else {
                    throw SeekerError.invalid(FieldFault("specialties", "\(text.prefix(24)) is not in the list."))
                }
                return specialty
            }
            profile.years = Int(request.years)
            if !request.state.isEmpty {
                guard let state = USState(request.state) else {
                    throw SeekerError.invalid(FieldFault("state", "Write the state's two letters."))
                }
                profile.state = state
            }
            profile.remoteOnly = request.remoteOnly
            let faults = profile.faults(credentials: Set(credentials.map(\.abbreviation)))
            guard faults.isEmpty else { throw PostingError.invalid(faults) }
            try await store.put(profile, of: caller.account)
            return SeekersAPI.Profile(profile)
        }
    }
}

extension SeekersAPI.Profile {
    init(_ profile: SeekerProfile) {
        self.init(
            name: profile.name, headline: profile.headline, credentials: profile.credentials,
            specialties: profile.specialties.map(\.rawValue), years: UInt32(clamping: profile.years),
            state: profile.state?.letters ?? "", remoteOnly: profile.remoteOnly)
    }
}
