import ArgumentParser
import Contracts
import Foundation
import RPC

/// `codingahead admin licences`: lists them, adds one, switches one off or on.
struct AdminLicencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "licences", abstract: "List the licences; add one with --add, switch one with --off or --on.")

    @Option(help: ArgumentHelp("Add a licence for a code set.", valueName: "SYSTEM"))
    var add: String?

    @Option(help: "Whose licence it is.")
    var licensee = ""

    @Option(help: "Its number.")
    var number = ""

    @Option(help: ArgumentHelp("Its first day.", valueName: "YYYY-MM-DD"))
    var starts = ""

    @Option(help: ArgumentHelp("Its last day.", valueName: "YYYY-MM-DD"))
    var ends = ""

    @Option(help: "Named users a calendar year; 0: no limit.")
    var seats: UInt32 = 0

    @Option(help: "Texts that one account may be shown in a day.")
    var dailyTexts: UInt32 = 500

    @Option(help: "The first year of the code set that it covers; 0: any.")
    var firstYear: UInt32 = 0

    @Option(help: "The last year.")
    var lastYear: UInt32 = 0

    @Flag(help: "The licence allows sending texts to an outside model.")
    var allowsModels = false

    @Option(help: ArgumentHelp("Show the texts of a licence to nobody.", valueName: "ID"))
    var off: String?

    @Option(help: ArgumentHelp("Show them again.", valueName: "ID"))
    var on: String?

    func run() async throws {
        let licence = AccountsAPI.Licence(
            system: add ?? "", licensee: licensee, number: number, firstYear: firstYear, lastYear: lastYear,
            seats: seats, startsOn: starts, endsOn: ends, allowsModels: allowsModels, dailyTexts: dailyTexts)
        let (isAdding, off, on) = (add != nil, off, on)
        try await AdminDesk.with { desk throws(ServiceError) in
            if isAdding { _ = try await desk.client.addLicence(.init(licence: licence), options: desk.options) }
            for (id, isWithdrawn) in [(off, true), (on, false)] {
                guard let id else { continue }
                _ = try await desk.client.setLicenceWithdrawn(
                    .init(id: id, withdrawn: isWithdrawn), options: desk.options)
            }
            let list = try await desk.client.listLicences(.init(), options: desk.options)
            let rows = list.licences.map { found in
                [
                    found.id, found.system, found.status, "\(found.startsOn) – \(found.endsOn)",
                    "\(found.seatsUsed)/\(found.seats == 0 ? "any" : "\(found.seats)")", found.number, found.licensee,
                ]
            }
            Output.say(Output.table([["ID", "SYSTEM", "STATUS", "DAYS", "SEATS", "NUMBER", "LICENSEE"]] + rows))
        }
    }
}

/// `codingahead admin terms`: publishes a version of the end-user terms.
struct AdminTermsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terms", abstract: "Publish a version of a code set's end-user terms.")

    @Argument(help: "The code set, e.g. cpt.")
    var system: String

    @Argument(help: "The version, e.g. 2026-1.")
    var version: String

    @Argument(help: "The file with the text.", completion: .file())
    var file: String

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
        else { throw ValidationError("\(file) cannot be read as UTF-8.") }
        let request = AdministrationAPI.PublishTermsRequest(system: system, version: version, text: text)
        try await AdminDesk.with { desk throws(ServiceError) in
            _ = try await desk.client.publishTerms(request, options: desk.options)
            Output.say("Published. Everybody accepts it before the next licensed text.")
        }
    }
}

/// `codingahead admin royalties`: the named users of a year as CSV.
struct AdminRoyaltiesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "royalties", abstract: "Print the named users of a year as CSV.")

    @Argument(help: "The code set, e.g. cpt.")
    var system: String

    @Argument(help: "The year.")
    var year: UInt32

    func run() async throws {
        let request = AdministrationAPI.GetRoyaltyReportRequest(system: system, year: year)
        try await AdminDesk.with { desk throws(ServiceError) in
            let report = try await desk.client.getRoyaltyReport(request, options: desk.options)
            FileHandle.standardOutput.write(Data(report.csv.utf8))
        }
    }
}

/// `codingahead admin audit`: the audit log, as tab-separated lines.
struct AdminAuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Print the audit log, oldest first, one tab-separated line an act.")

    @Option(help: "Lines after this number.")
    var after: Int64 = 0

    @Option(help: "Only what was done by or to this account.")
    var account = ""

    func run() async throws {
        var request = AdministrationAPI.ReadAuditRequest(after: after, pageSize: 1_000, accountId: account)
        var isDone = false
        while !isDone {
            let asked = request
            var next: Int64 = 0
            try await AdminDesk.with { desk throws(ServiceError) in
                let page = try await desk.client.readAudit(asked, options: desk.options)
                for line in page.lines {
                    Output.say("\(line.number)\t\(line.at)\t\(line.actor)\t\(line.act)\t\(line.target)\t\(line.detail)")
                }
                next = page.next
            }
            request.after = next
            isDone = next == 0
        }
    }
}

/// `codingahead admin reconcile`: proves the ledger.
struct AdminReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "Read the whole ledger and prove its rules; exit code 1 when one is broken."
    )

    func run() async throws {
        var drift: Int64 = 0
        try await AdminDesk.with { desk throws(ServiceError) in
            let reply = try await desk.client.reconcile(.init(), options: desk.options)
            drift = reply.drift
            Output.say("\(reply.entries) entries, drift \(reply.drift)")
            for finding in reply.findings { Output.say(finding) }
        }
        if drift != 0 { throw ExitCode.failure }
    }
}
