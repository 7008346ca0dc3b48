import Calendar
package import Contracts
package import RPC

extension AccountsHandler {
    /// The licence in force; see the contract.
    package func getLicence(
        _ request: AccountsAPI.GetLicenceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.Licence {
        try await answering {
            let system = try codeSystem(request.system)
            var date = clock.now.date
            if !request.on.isEmpty {
                guard let asked = CalendarDate(request.on) else {
                    throw InvalidField("on", "write a day as YYYY-MM-DD")
                }
                date = asked
            }
            let found = try licences.licence(for: system, on: date)
            var reply = AccountsAPI.Licence(found.licence, on: date, seatsUsed: found.seatsUsed)
            reply.system = system
            reply.termsVersion = found.terms ?? ""
            if !request.accountId.isEmpty {
                let account = try account(request.accountId)
                reply.termsAccepted =
                    try found.terms.map { try licences.hasAccepted(account, $0, of: system) } ?? false
            }
            return reply
        }
    }

    /// Asks before a licensed text is shown, and counts; see the contract.
    package func useLicence(
        _ request: AccountsAPI.UseLicenceRequest, context: CallContext
    ) async throws(ServiceError) -> AccountsAPI.UseLicenceReply {
        try await answering {
            let system = try codeSystem(request.system)
            let account = try account(request.accountId)
            let item = try MeteredItem(request.item)
            let now = clock.now
            let (verdict, terms) = try await licences.use(
                system, item: item.text, year: request.year == 0 ? nil : Int64(request.year), by: account, at: now)
            var reply = AccountsAPI.UseLicenceReply(termsVersion: terms ?? "")
            switch verdict {
            case .allowed: reply.verdict = .allowed
            case .noLicence: reply.verdict = .noLicence
            case .termsNeeded: reply.verdict = .termsNeeded
            case .noSeat:
                reply.verdict = .noSeat
                reply.resetsAt = UTCInstant(startOf: now.date.startOfNextYear).rfc3339
            case .dailyLimit:
                reply.verdict = .dailyLimit
                reply.resetsAt = UTCInstant(startOf: now.date.next).rfc3339
            }
            return reply
        }
    }

    /// A code set's word, e.g. `cpt`.
    func codeSystem(_ text: String) throws -> String {
        guard (1...32).contains(text.utf8.count), text.utf8.allSatisfy(isIdentifierByte) else {
            throw InvalidField("system", "a code set is named like cpt")
        }
        return text
    }

    private func account(_ id: String) throws -> AccountID {
        guard let account = AccountID(id) else { throw InvalidField("account_id", "this is no account id") }
        return account
    }
}

extension AccountsAPI.Licence {
    init(_ licence: Licence?, on date: CalendarDate, seatsUsed: Int) {
        guard let licence else {
            self.init(status: "none")
            return
        }
        self.init(
            status: licence.status(on: date).rawValue, id: licence.id, system: licence.system,
            licensee: licence.licensee, number: licence.number,
            firstYear: UInt32(clamping: licence.years?.lowerBound ?? 0),
            lastYear: UInt32(clamping: licence.years?.upperBound ?? 0), seats: UInt32(clamping: licence.seats ?? 0),
            seatsUsed: UInt32(clamping: seatsUsed), startsOn: licence.startsOn.description,
            endsOn: licence.endsOn.description, allowsModels: licence.allowsModels,
            dailyTexts: UInt32(clamping: licence.dailyTexts ?? Licence.usualDailyTexts))
    }
}
