import ArgumentParser
import Contracts
import Foundation
import RPC
import Runtime

/// `codingahead watch`: what the programs do, as a table that goes on.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show connections, calls in flight, calls a second, latency and errors of each program.",
        discussion: """
            Rates and latency are those of the last interval. --once looks for one interval and ends; --json prints one \
            object a program and interval, for scripts. Exit codes: 0, 1 when --once and no program answered, 78.
            """)

    @OptionGroup var connection: ConnectionOptions

    @Option(help: "Seconds between two looks.")
    var interval = 2.0

    @Flag(help: "Look for one interval, then end.")
    var once = false

    @Flag(help: "One JSON object a line instead of a table.")
    var json = false

    func validate() throws {
        guard (0.2...3600).contains(interval) else {
            throw ValidationError("--interval must be from 0.2 to 3600 seconds.")
        }
    }

    func run() async throws {
        let settings = try Settings.ofProcess()
        var watched: [(name: String, client: Client)] = []
        if let address = connection.address {
            watched.append((address, try connection.client(of: nil, settings)))
        } else {
            for program in ProgramName.allCases where program != .gateway {
                watched.append((program.executable, try connection.client(of: program, settings)))
            }
        }
        let options = CallOptions(timeout: .seconds(2), metadata: try connection.metadata())
        var last: [String: StatsAPI.StatsReply] = [:]
        var hasAnswered = false
        for look in 0... {
            var rows: [ProgramFigures] = []
            for (name, client) in watched {
                let figures = await Self.look(name, client, options, since: last[name])
                last[name] = figures.reply
                hasAnswered = hasAnswered || figures.reply != nil
                rows.append(figures)
            }
            // The first look has nothing to take the difference from.
            if look > 0 { show(rows) }
            if once, look == 1 { break }
            do { try await Task.sleep(for: .seconds(interval)) } catch { break }
        }
        for (_, client) in watched { await client.close() }
        if once, !hasAnswered { throw ExitCode.failure }
    }

    private static func look(
        _ name: String, _ client: Client, _ options: CallOptions, since last: StatsAPI.StatsReply?
    ) async -> ProgramFigures {
        do throws(ServiceError) {
            let reply = try await StatsAPI.Client(client).get(StatsAPI.StatsRequest(), options: options)
            return ProgramFigures(name: name, reply: reply, last: last)
        } catch {
            return ProgramFigures(name: name, failure: error.kind.name)
        }
    }

    private func show(_ rows: [ProgramFigures]) {
        if json { return rows.forEach { Output.say($0.json) } }
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let table = Output.table([ProgramFigures.heading] + rows.map(\.cells))
        guard isTerminal, !once else { return Output.say(table) }
        // Clears the screen; what failed stands out.
        let lines = table.split(separator: "\n").enumerated().map { index, line -> String in
            if index == 0 { return "\u{1B}[1m\(line)\u{1B}[0m" }
            return rows[index - 1].isWell ? String(line) : "\u{1B}[31m\(line)\u{1B}[0m"
        }
        Output.say("\u{1B}[H\u{1B}[2J" + lines.joined(separator: "\n"))
    }
}
