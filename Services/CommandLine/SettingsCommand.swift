import ArgumentParser
import Runtime

/// `codingahead settings`: every environment variable, its kind, its value here and what it does.
struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "List the settings with their kinds, defaults and what they do.")

    func run() async throws {
        let environment = Environment.current
        let rows = Settings.all.map { setting -> [String] in
            let chosen = environment[setting.name] ?? ""
            let value = chosen.isEmpty ? (setting.default.isEmpty ? "(empty)" : setting.default) : "\(chosen) (set)"
            return [setting.name, value, "\(setting.purpose) \(setting.typeName); e.g. \(setting.example)"]
        }
        Output.say(Output.table(rows))
        _ = try Settings.ofProcess()
    }
}
