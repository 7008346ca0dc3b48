/// What a plan is called: `guest`, `free`, `professional`, or one that an operator added.
package struct PlanName: Sendable, Equatable, Hashable {
    package let text: String

    /// Takes the name as it is; whether there is such a plan the catalogue knows.
    package init(_ text: String) {
        self.text = text
    }

    /// What everybody has who did not log in.
    package static let guest = PlanName("guest")
    /// What a new account has.
    package static let free = PlanName("free")
    /// Without limit on code pages.
    package static let professional = PlanName("professional")
}
