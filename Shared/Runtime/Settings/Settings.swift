/// The settings of a program, read once from environment variables and checked whole before anything starts.
///
/// ```swift
/// let settings = try Settings(environment: ProcessInfo.processInfo.environment)
/// let folder = settings[.dataFolder]
/// ```
package struct Settings: Sendable, Equatable {
    /// What every variable of the product begins with; another variable is none of its business.
    package static let prefix = "CODINGAHEAD_"

    /// The chosen texts; a setting that is not here has its default.
    private let chosen: [String: String]

    /// Reads the variables that begin with `CODINGAHEAD_`. An empty one counts as not set.
    /// - Throws: `SettingsError` that names every bad value with its type and an example, and every unknown variable
    ///   with the nearest known name.
    package init(environment: [String: String]) throws(SettingsError) {
        var chosen: [String: String] = [:]
        var faults: [String] = []
        let known = Dictionary(uniqueKeysWithValues: Self.all.map { ($0.name, $0) })
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) where name.hasPrefix(Self.prefix) {
            guard let setting = known[name] else {
                faults.append("\(name) is no setting. Did you mean \(Self.nearest(to: name))?")
                continue
            }
            guard !text.isEmpty else { continue }
            guard setting.accepts(text) else {
                faults.append(
                    "\(name)=\(Self.shown(text)) is refused. It takes: \(setting.typeName); "
                        + "for example \(name)=\(setting.example)")
                continue
            }
            chosen[name] = text
        }
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        self.chosen = chosen
    }

    /// The value of a setting: the chosen one or its default.
    /// - Complexity: reads the text anew, so take it once at start, not on a hot path.
    package subscript<Value>(setting: Setting<Value>) -> Value {
        guard let value = setting.kind.read(chosen[setting.name] ?? setting.default) else {
            preconditionFailure("\(setting.name): the default \(setting.default) is no \(setting.kind.name)")
        }
        return value
    }

    /// Whether an operator chose the value, rather than its default.
    package func isChosen(_ setting: some SettingDescription) -> Bool { chosen[setting.name] != nil }

    /// The origin that people reach the product under.
    package var origin: Origin {
        self[.publicOrigin] ?? Origin(isSecure: false, authority: self[.http].local.description)
    }

    /// A refused value cut to what fits into a line and freed of control characters.
    private static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(80).map { $0.value < 0x20 ? "?" : $0 }))
    }

    private static func nearest(to name: String) -> String {
        let names = all.map(\.name)
        return names.min { editDistance(name, $0) < editDistance(name, $1) } ?? names[0]
    }
}
