import ArgumentParser
import Contracts
import Foundation
import RPC
import Runtime

/// `codingahead status`: the whole desk in a terminal.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the whole desk, live: programs, calls, failures, and what check complains of.",
        discussion: """
            Calls and latency are those of the last interval; what check says of data, stores, backups and certificates is \
            looked at anew every minute. Colours only on a terminal. Ctrl-C ends it. Exit codes: 0, with --once 1 when \
            something is wrong, 78.
            """)

    /// Between two looks at what is read from the disk: a large store takes seconds.
    static let slowInterval = Duration.seconds(60)

    @Option(help: "Seconds between two looks.")
    var interval = 2.0

    @Flag(help: "Look for one interval, then end.")
    var once = false

    func validate() throws {
        guard (0.2...3600).contains(interval) else {
            throw ValidationError("--interval must be from 0.2 to 3600 seconds.")
        }
    }

    func run() async throws {
        let settings = try Settings.ofProcess()
        let connection = try ConnectionOptions.parse([])
        var watched: [(program: ProgramName, client: Client)] = []
        for program in ProgramName.allCases where program != .gateway {
            watched.append((program, try connection.client(of: program, settings)))
        }
        let screen = StatusScreen(isTerminal: isatty(STDOUT_FILENO) == 1 && !once)
        var last: [ProgramName: StatsAPI.StatsReply] = [:]
        var findings = Self.findings(settings)
        var findingsUntil = ContinuousClock.now + Self.slowInterval
        for look in 0... {
            var rows: [ProgramFigures] = []
            for (program, client) in watched {
                let figures = await Self.look(program, client, since: last[program])
                last[program] = figures.reply
                rows.append(figures)
            }
            let programs = await ProgramChecks(settings: settings).findings()
            if ContinuousClock.now > findingsUntil {
                findings = Self.findings(settings)
                findingsUntil = ContinuousClock.now + Self.slowInterval
            }
            // The first look has nothing to take rates from.
            if look > 0 { Output.say(screen.text(rows, findings: findings + programs, at: Date())) }
            if once, look == 1 {
                for (_, client) in watched { await client.close() }
                if (findings + programs).contains(where: { $0.verdict == .bad }) { throw ExitCode.failure }
                return
            }
            do { try await Task.sleep(for: .seconds(interval)) } catch { break }
        }
        for (_, client) in watched { await client.close() }
    }

    private static func findings(_ settings: Settings) -> [Finding] {
        DataChecks(settings: settings).findings() + StoreChecks(settings: settings).findings()
            + [BackupChecks(settings: settings).finding()] + CertificateChecks(settings: settings).findings()
    }

    private static func look(
        _ program: ProgramName, _ client: Client, since last: StatsAPI.StatsReply?
    ) async -> ProgramFigures {
        do throws(ServiceError) {
            let reply = try await StatsAPI.Client(client).get(
                StatsAPI.StatsRequest(), options: CallOptions(timeout: ProgramChecks.timeout))
            return ProgramFigures(name: program.executable, reply: reply, last: last)
        } catch {
            return ProgramFigures(name: program.executable, failure: error.kind.name)
        }
    }
}
