import Calendar
package import Contracts
import Logging
package import RPC

extension MeHandler {
    /// The terms in force; see the contract.
    package func getTerms(
        _ request: MeAPI.GetTermsRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.Terms {
        try await answering(context, .read) { caller in
            let system = try base.codeSystem(request.system)
            guard let terms = try base.licences.terms(of: system) else { throw AccountError.notFound("terms") }
            return MeAPI.Terms(
                system: system, version: terms.version, text: terms.text,
                accepted: try base.licences.hasAccepted(caller.account.id, terms.version, of: system))
        }
    }

    /// Accepts a version of the terms; see the contract.
    package func acceptTerms(
        _ request: MeAPI.AcceptTermsRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.AcceptTermsReply {
        try await answering(context, .session) { caller in
            let system = try base.codeSystem(request.system)
            try await base.licences.accept(request.version, of: system, by: caller.account.id, at: caller.now)
            return MeAPI.AcceptTermsReply()
        }
    }

    /// Everything that is held on the caller; see the contract.
    package func exportMe(
        _ request: MeAPI.ExportMeRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.Export {
        let profile = try await getMe(MeAPI.GetMeRequest(), context: context)
        let sessions = try await listSessions(MeAPI.ListSessionsRequest(), context: context)
        return try await answering(context, .session) { caller in
            let id = caller.account.id
            let acceptances = try base.licences.acceptances(of: id).map { found in
                MeAPI.Acceptance(system: found.system, version: found.version, at: found.at.rfc3339)
            }
            let audit = try base.accounts.audit(after: 0, about: id, limit: 10_000)
            let mails = try base.accounts.mails(to: caller.account.email).map { mail in
                MeAPI.SentMail(kind: mail.kind, at: mail.at.rfc3339, state: mail.state)
            }
            try await base.accounts.note(.exported, by: caller.actor, about: id, at: caller.now)
            return MeAPI.Export(
                profile: profile, sessions: sessions.sessions,
                keys: try base.accounts.keys(of: id).map(MeAPI.Key.init),
                entries: try base.ledger.allEntries(of: caller.subject).map(AccountsAPI.UsageEntry.init),
                desk: try desk(of: id), acceptances: acceptances,
                audit: audit.map { AdministrationAPI.AuditLine($0.entry, number: $0.number) }, mails: mails,
                organisations: try OrganisationStore(base.accounts.store).organisations(of: id, at: caller.now)
                    .map { OrganisationsAPI.Organisation($0, at: caller.now) },
                subscriptions: try BillingStore(base.accounts.store)
                    .subscriptions(of: id, endingAfter: UTCInstant(seconds: 0))
                    .map { BillingAPI.Subscription($0, at: caller.now) })
        }
    }

    /// Deletes the caller's account; see the contract.
    package func deleteMe(
        _ request: MeAPI.DeleteMeRequest, context: CallContext
    ) async throws(ServiceError) -> MeAPI.DeleteMeReply {
        try await answering(context, .session) { caller in
            let known = try await checkPassword(request.password, of: caller)
            let factor = try base.secondFactor(request.code, of: known)
            try await base.accounts.delete(caller.account.id, by: caller.actor, factor: factor, at: caller.now)
            base.logger.info("account deleted", metadata: ["account": "\(caller.account.id.text)"])
            return MeAPI.DeleteMeReply()
        }
    }

    /// All of a desk.
    func desk(of account: AccountID) throws -> DeskAPI.DeskContent {
        let use = try desks.use(of: account)
        return DeskAPI.DeskContent(
            codes: try desks.marks(of: account).map(DeskAPI.MarkedCode.init),
            viewed: use.viewed.map { DeskAPI.ViewedCode(code: $0.code, at: $0.at.rfc3339) },
            keepsSearches: use.keepsSearches, searches: use.searches)
    }
}
