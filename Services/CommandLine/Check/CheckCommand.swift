import ArgumentParser
import Runtime

/// `codingahead check`: looks at settings, data and programs, says what is wrong and what to do.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say whether settings, data and running programs are in order, and what to do when not.",
        discussion: "Exit code 0 when nothing failed, 1 when something did, 78 when the settings are wrong.")

    @Flag(help: "Look at settings and data only, not at running programs.")
    var offline = false

    func run() async throws {
        let settings = try Settings.ofProcess()
        let chosen = Settings.all.filter { !(Environment.current[$0.name] ?? "").isEmpty }
        var findings: [Finding] = [.good("settings", "\(Settings.all.count) known, \(chosen.count) set")]
        findings += DataChecks(settings: settings).findings()
        findings += StoreChecks(settings: settings).findings()
        findings.append(BackupChecks(settings: settings).finding())
        findings += CertificateChecks(settings: settings).findings()
        if !offline { findings += await ProgramChecks(settings: settings).findings() }
        Output.say(Output.table(findings.map { [$0.verdict.rawValue, $0.subject, $0.says] }))
        if findings.contains(where: { $0.verdict == .bad }) { throw ExitCode.failure }
    }
}
