import Calendar
import GRDB
import Storage

extension PlanCatalogue {
    /// The plan that a subject has at a moment: a guest's, or its account's, with the change that is due.
    ///
    /// - Throws: `AccountError.unknownAccount`, `.suspended`, `.unknownPlan`.
    func plan(of subject: Subject, at now: UTCInstant, _ database: Database) throws -> PlanVersion {
        let name: PlanName
        switch subject {
        case .guest:
            name = .guest
        case .account(let id):
            let found = try database.first(
                "SELECT plan, plan_until, next_plan, team_plan, team_until, suspended_at FROM accounts WHERE id = ?",
                [.text(id.text)]
            ) { row in
                guard row.isNull(5) else { throw AccountError.suspended }
                return PlanTerm(row, from: 0).plan(at: now)
            }
            guard let found else { throw AccountError.unknownAccount }
            name = found
        }
        guard let version = version(of: name, on: now.date) else { throw AccountError.unknownPlan(name) }
        return version
    }
}

extension PlanTerm {
    /// Reads `plan, plan_until, next_plan, team_plan, team_until`.
    init(_ row: borrowing PreparedRow, from column: Int32) {
        self.init(
            plan: PlanName(row.text(column)),
            until: row.isNull(column + 1) ? nil : UTCInstant(seconds: row.integer(column + 1)),
            next: row.isNull(column + 2) ? nil : PlanName(row.text(column + 2)),
            team: row.isNull(column + 3)
                ? nil
                : TeamPlan(
                    plan: PlanName(row.text(column + 3)), until: UTCInstant(seconds: row.integer(column + 4))))
    }
}
