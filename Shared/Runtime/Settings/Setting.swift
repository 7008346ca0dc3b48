/// One environment variable: its name, what kind of value it takes, its default and what it does.
///
/// Every setting is declared in `Settings+List.swift` and nowhere else.
package struct Setting<Value: Sendable>: Sendable {
    /// `CODINGAHEAD_…`
    package let name: String
    /// How its text is read.
    package let kind: SettingKind<Value>
    /// The text that holds when the variable is not set or empty.
    package let `default`: String
    /// A value that an operator could write, shown when a value is refused.
    package let example: String
    /// What it does, one sentence.
    package let purpose: String

    package init(_ name: String, _ kind: SettingKind<Value>, default: String, example: String, _ purpose: String) {
        self.name = name
        self.kind = kind
        self.default = `default`
        self.example = example
        self.purpose = purpose
    }
}

/// What the list of settings shows of any one of them.
package protocol SettingDescription: Sendable {
    var name: String { get }
    var typeName: String { get }
    var `default`: String { get }
    var example: String { get }
    var purpose: String { get }
    /// Whether a text is a value of this setting.
    func accepts(_ text: String) -> Bool
}

extension Setting: SettingDescription {
    package var typeName: String { kind.name }
    package func accepts(_ text: String) -> Bool { kind.read(text) != nil }
}
