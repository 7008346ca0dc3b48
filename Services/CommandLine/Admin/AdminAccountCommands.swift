import ArgumentParser
import Contracts
import Foundation
import RPC

/// `codingahead admin create`: an account with roles, whose address counts as verified: the first administrator.
struct AdminCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account, by default an administrator.",
        discussion: "The password is read from standard input, one line.")

    @Argument(help: "The email address to log in with.")
    var email: String

    @Option(parsing: .upToNextOption, help: "member, editor, consultant, employer, moderator, administrator.")
    var role = ["administrator"]

    func run() async throws {
        if isatty(STDIN_FILENO) == 1 { Output.complain("Password (at least 10 characters), then Return:") }
        guard let password = readLine(strippingNewline: true) else {
            throw ValidationError("Give the password on standard input.")
        }
        let request = AdministrationAPI.MakeAccountRequest(email: email, password: password, roles: role)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.table([try await desk.client.makeAccount(request, options: desk.options)]))
        }
    }
}

/// `codingahead admin find`: accounts by id or by the beginning of their address.
struct AdminFindCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "find", abstract: "Find accounts.")

    @Argument(help: "An id, or what the address begins with.")
    var text: String

    func run() async throws {
        let request = AdministrationAPI.FindAccountsRequest(text: text)
        try await AdminDesk.with { desk throws(ServiceError) in
            let found = try await desk.client.findAccounts(request, options: desk.options)
            Output.say(AdminDesk.table(found.accounts))
        }
    }
}

/// `codingahead admin suspend`: nobody gets in until it is lifted.
struct AdminSuspendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suspend", abstract: "Suspend an account and end its sessions.")

    @Argument(help: "The account's id.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    func run() async throws { try await Suspension.set(true, id, reason) }
}

/// `codingahead admin restore`: lifts a suspension.
struct AdminRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "restore", abstract: "Lift a suspension.")

    @Argument(help: "The account's id.")
    var id: String

    @Option(help: "Why.")
    var reason: String

    func run() async throws { try await Suspension.set(false, id, reason) }
}

private enum Suspension {
    static func set(_ isSuspended: Bool, _ id: String, _ reason: String) async throws {
        let request = AdministrationAPI.SetSuspendedRequest(accountId: id, suspended: isSuspended, reason: reason)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.table([try await desk.client.setSuspended(request, options: desk.options)]))
        }
    }
}

/// `codingahead admin roles`: what an account may do.
struct AdminRolesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "Give an account these roles and no others.")

    @Argument(help: "The account's id.")
    var id: String

    @Argument(help: "member, editor, consultant, employer, moderator, administrator.")
    var roles: [String]

    func run() async throws {
        let request = AdministrationAPI.SetRolesRequest(accountId: id, roles: roles)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.table([try await desk.client.setRoles(request, options: desk.options)]))
        }
    }
}

/// `codingahead admin plan`: puts an account on a plan; a trial is a plan that ends.
struct AdminPlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "plan", abstract: "Put an account on a plan.")

    @Argument(help: "The account's id.")
    var id: String

    @Argument(help: "free, professional, or one that was added.")
    var plan: String

    @Option(help: ArgumentHelp("The first day without it; without it the plan goes on.", valueName: "YYYY-MM-DD"))
    var ends = ""

    @Option(help: "The plan that follows; free when nothing is said.")
    var next = ""

    @Option(help: "Why.")
    var reason: String

    func run() async throws {
        let request = AdministrationAPI.SetPlanRequest(
            accountId: id, plan: plan, endsOn: ends, nextPlan: next, reason: reason)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.table([try await desk.client.setPlan(request, options: desk.options)]))
        }
    }
}

/// `codingahead admin grant`: something beyond the plan.
struct AdminGrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "grant", abstract: "Give something beyond the plan.")

    @Argument(help: "The account's id.")
    var id: String

    @Argument(help: "code_page, casepilot_question or caseconsultant_case.")
    var feature: String

    @Argument(help: "How many, 1 to 100000.")
    var amount: UInt32

    @Option(help: ArgumentHelp("The first day on which it is worth nothing.", valueName: "YYYY-MM-DD"))
    var ends: String

    @Option(help: "Lower is used first; a plan has 100.")
    var priority = "100"

    @Option(help: "Why.")
    var reason: String

    func run() async throws {
        let request = AdministrationAPI.GiveGrantRequest(
            accountId: id, feature: feature, amount: amount, priority: priority, endsOn: ends, reason: reason)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.words(try await desk.client.giveGrant(request, options: desk.options)))
        }
    }
}

/// `codingahead admin correct`: corrects what is left in the current period.
struct AdminCorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Correct what is left of the plan's allowance in the current period.")

    @Argument(help: "The account's id.")
    var id: String

    @Argument(help: "code_page, casepilot_question or caseconsultant_case.")
    var feature: String

    @Option(help: "How many more, or less with a minus sign: --by=-2.")
    var by: Int32

    @Option(help: "Why.")
    var reason: String

    func run() async throws {
        let request = AdministrationAPI.CorrectRequest(accountId: id, feature: feature, amount: by, reason: reason)
        try await AdminDesk.with { desk throws(ServiceError) in
            Output.say(AdminDesk.words(try await desk.client.correct(request, options: desk.options)))
        }
    }
}
