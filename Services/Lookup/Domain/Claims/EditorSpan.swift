/// What the Outpatient Code Editor says of a code in a run of quarters in which nothing about it changed.
package struct EditorSpan: Sendable, Hashable {
    package var span: DaySpan
    /// Ages in years, both included; 124 stands for no upper limit.
    package var ages: ClosedRange<Int>
    package var flags: Flags

    /// Names the parts.
    package init(span: DaySpan, ages: ClosedRange<Int>, flags: Flags) {
        self.span = span
        self.ages = ages
        self.flags = flags
    }

    /// What the editor marks codes with. The letters are those of `read_source.py edits`.
    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Bilateral with modifier 50; one side without it.
        package static let bilateralConditional = Flags(rawValue: 1)
        /// Bilateral with modifier 50, each side paid in full.
        package static let bilateralIndependent = Flags(rawValue: 2)
        /// Bilateral by its own wording: modifier 50 says nothing.
        package static let bilateralInherent = Flags(rawValue: 4)
        /// A cause of injury, never first.
        package static let externalCause = Flags(rawValue: 8)
        /// A manifestation, never first.
        package static let manifestation = Flags(rawValue: 16)
        /// Not accepted as the principal diagnosis.
        package static let unacceptablePrincipal = Flags(rawValue: 32)
        /// A modifier that lets a pair of NCCI be paid.
        package static let pairModifier = Flags(rawValue: 64)

        /// - Parameter letters: as the source writes them; nil when one is unknown.
        package init?(letters: some Sequence<UInt8>) {
            var flags: Flags = []
            for letter in letters {
                switch letter {
                case UInt8(ascii: "c"): flags.insert(.bilateralConditional)
                case UInt8(ascii: "i"): flags.insert(.bilateralIndependent)
                case UInt8(ascii: "b"): flags.insert(.bilateralInherent)
                case UInt8(ascii: "e"): flags.insert(.externalCause)
                case UInt8(ascii: "m"): flags.insert(.manifestation)
                case UInt8(ascii: "u"): flags.insert(.unacceptablePrincipal)
                case UInt8(ascii: "n"): flags.insert(.pairModifier)
                default: return nil
                }
            }
            self = flags
        }
    }

    /// The age that stands for no upper limit.
    package static let oldest = 124
}
