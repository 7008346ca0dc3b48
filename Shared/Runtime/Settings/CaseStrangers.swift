/// What somebody is told who mails a case without an account.
package enum CaseStrangers: String, Sendable, CaseIterable {
    /// One polite refusal a day.
    case refuse
    /// Nothing.
    case ignore
}
