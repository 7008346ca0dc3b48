import ArgumentParser

/// `codingahead admin`: what administrators do, through calls to the running Accounts.
struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: "Accounts, plans, licences, reports and the audit log of a running desk.",
        discussion: """
            Every act is written to the audit log under the name of whoever runs the command.
            Exit codes: 0 done, 1 refused, 64 wrong arguments, 78 wrong settings.
            """,
        subcommands: [
            AdminCreateCommand.self, AdminFindCommand.self, AdminSuspendCommand.self, AdminRestoreCommand.self,
            AdminRolesCommand.self, AdminPlanCommand.self, AdminGrantCommand.self, AdminCorrectCommand.self,
            AdminLicencesCommand.self, AdminTermsCommand.self, AdminRoyaltiesCommand.self, AdminAuditCommand.self,
            AdminReconcileCommand.self, AdminSeatsCommand.self, AdminOffersCommand.self,
        ])
}
