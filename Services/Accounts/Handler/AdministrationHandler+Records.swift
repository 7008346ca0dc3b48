import Calendar
package import Contracts
package import RPC

extension AdministrationHandler {
    /// Adds a version of a plan; see the contract.
    package func addPlanVersion(
        _ request: AdministrationAPI.AddPlanVersionRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Plan {
        try await answering(context) { actor, now in
            guard let plan = request.plan else { throw InvalidField("plan", "say what the plan holds") }
            guard (1...32).contains(plan.plan.utf8.count), plan.plan.utf8.allSatisfy(isIdentifierByte) else {
                throw InvalidField("plan.plan", "a plan is named by 1 to 32 letters, digits, - or _")
            }
            let effective = try date(plan.effectiveDate, field: "plan.effective_date")
            guard now.date <= effective else {
                throw InvalidField("plan.effective_date", "a version begins today or later")
            }
            let allowances = try plan.allowances.map { allowance in
                guard let period = PeriodKind(rawValue: allowance.period) else {
                    throw InvalidField("plan.allowances.period", "a period is day, month or rolling_30_days")
                }
                return Allowance(
                    feature: try base.feature(allowance.feature),
                    limit: allowance.unlimited ? nil : Int(allowance.limit), period: period)
            }
            guard Set(allowances.map(\.feature)).count == allowances.count else {
                throw InvalidField("plan.allowances", "a feature is named once")
            }
            guard plan.openBlocks.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isIdentifierByte) }) else {
                throw InvalidField("plan.open_blocks", "a block is named like official")
            }
            let version = PlanVersion(
                name: PlanName(plan.plan), effective: effective, allowances: allowances, openBlocks: plan.openBlocks)
            try await base.accounts.addPlanVersion(version, by: actor, at: now)
            return AccountsAPI.Plan(version)
        }
    }

    /// Adds a licence; see the contract.
    package func addLicence(
        _ request: AdministrationAPI.AddLicenceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Licence {
        try await answering(context) { actor, now in
            guard let asked = request.licence else { throw InvalidField("licence", "say what the licence holds") }
            let starts = try date(asked.startsOn, field: "licence.starts_on")
            let ends = try date(asked.endsOn, field: "licence.ends_on")
            guard starts <= ends else { throw InvalidField("licence.ends_on", "it ends before it begins") }
            guard asked.firstYear <= asked.lastYear else {
                throw InvalidField("licence.last_year", "it ends before it begins")
            }
            let licence = Licence(
                id: base.word(), system: try base.codeSystem(asked.system),
                licensee: try DisplayName(asked.licensee, field: "licence.licensee", limit: 200).text,
                number: try DisplayName(asked.number, field: "licence.number", limit: 80).text,
                years: asked.lastYear == 0 ? nil : Int64(asked.firstYear)...Int64(asked.lastYear),
                seats: asked.seats == 0 ? nil : Int(asked.seats), startsOn: starts, endsOn: ends,
                allowsModels: asked.allowsModels, dailyTexts: asked.dailyTexts == 0 ? nil : Int(asked.dailyTexts))
            try await base.licences.add(licence, by: actor, at: now)
            return AccountsAPI.Licence(licence, on: now.date, seatsUsed: 0)
        }
    }

    /// All licences; see the contract.
    package func listLicences(
        _ request: AdministrationAPI.ListLicencesRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.LicenceList {
        try await answering(context) { _, now in try list(at: now) }
    }

    /// The lapse switch; see the contract.
    package func setLicenceWithdrawn(
        _ request: AdministrationAPI.SetLicenceWithdrawnRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.LicenceList {
        try await answering(context) { actor, now in
            try await base.licences.setWithdrawn(request.withdrawn, request.id, by: actor, at: now)
            return try list(at: now)
        }
    }

    /// Publishes terms; see the contract.
    package func publishTerms(
        _ request: AdministrationAPI.PublishTermsRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.PublishTermsReply {
        try await answering(context) { actor, now in
            let version = request.version
            guard (1...32).contains(version.utf8.count), version.utf8.allSatisfy({ isIdentifierByte($0) || $0 == 0x2E })
            else { throw InvalidField("version", "a version is named like 2026-1") }
            guard (1...65_536).contains(request.text.utf8.count) else {
                throw InvalidField("text", "terms have 1 to 65536 bytes")
            }
            try await base.licences.publish(
                version, request.text, of: try base.codeSystem(request.system), by: actor, at: now)
            return AdministrationAPI.PublishTermsReply()
        }
    }

    /// The named users of a year; see the contract.
    package func getRoyaltyReport(
        _ request: AdministrationAPI.GetRoyaltyReportRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.Report {
        try await answering(context) { actor, now in
            let system = try base.codeSystem(request.system)
            let users = try base.licences.namedUsers(of: system, in: Int64(request.year))
            let lines = users.map { user in
                [
                    system, "\(request.year)", user.licence, user.number, user.licensee, user.account, user.at.rfc3339,
                    user.organisation,
                ]
            }
            let head = ["system", "year", "licence", "number", "licensee", "account", "first_use", "organisation"]
            let csv = ([head] + lines).map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined()
            try await base.accounts.note(
                .reportMade, by: actor, about: nil, detail: "royalties \(system) \(request.year)", at: now)
            return AdministrationAPI.Report(csv: csv, rows: UInt32(clamping: lines.count))
        }
    }

    /// The audit log; see the contract.
    package func readAudit(
        _ request: AdministrationAPI.ReadAuditRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.AuditPage {
        try await answering(context) { _, _ in
            guard request.pageSize <= 1_000 else { throw InvalidField("page_size", "at most 1000 lines at once") }
            let limit = request.pageSize == 0 ? 100 : Int(request.pageSize)
            let about = request.accountId.isEmpty ? nil : try account(request.accountId)
            let lines = try base.accounts.audit(after: request.after, about: about, limit: limit)
            return AdministrationAPI.AuditPage(
                lines: lines.map { AdministrationAPI.AuditLine($0.entry, number: $0.number) },
                next: lines.count == limit ? lines.last?.number ?? 0 : 0)
        }
    }

    /// Proves the ledger; see the contract.
    package func reconcile(
        _ request: AdministrationAPI.ReconcileRequest, context: CallContext
    ) async throws(ServiceError) -> AdministrationAPI.ReconcileReply {
        try await answering(context) { actor, now in
            let proof = try await Reconciliation.prove(base.ledger, base.logger)
            try await base.accounts.note(
                .reconciled, by: actor, about: nil, detail: "\(proof.entries) entries, drift \(proof.drift)", at: now)
            return AdministrationAPI.ReconcileReply(
                entries: proof.entries, drift: proof.drift, findings: proof.findings)
        }
    }

    /// A cell of CSV (RFC 4180); what a spreadsheet would take for a formula is made text.
    static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let text = isFormula ? "'" + text : text
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private func list(at now: UTCInstant) throws -> AdministrationAPI.LicenceList {
        AdministrationAPI.LicenceList(
            licences: try base.licences.all().map { licence in
                let used = try base.licences.licence(for: licence.system, on: now.date).seatsUsed
                return AccountsAPI.Licence(licence, on: now.date, seatsUsed: used)
            })
    }
}

extension AdministrationAPI.AuditLine {
    init(_ entry: AuditEntry, number: Int64) {
        self.init(
            number: number, at: entry.at.rfc3339, actor: entry.actor, act: entry.act.rawValue, target: entry.target,
            detail: entry.detail)
    }
}
