/// The templates in `Resources/templates`. `accountnav`, `adminnav`, `auditlines`, `block`, `marking`, `said`, `sets`,
/// `source`, `ways` and `words` are parts of others.
enum TemplateName: String, CaseIterable, Sendable {
    case account
    case accountnav
    case adminaccount
    case administration
    case adminlicences
    case adminnav
    case audit
    case auditlines
    case billing
    case block
    case browse
    case careers
    case case2code
    case caseconsultant
    case casepilot
    case code
    case data
    case desk
    case editions
    case failure
    case help
    case home
    case invitation
    case keys
    case layout
    case licenceterms
    case login
    case logincode
    case marking
    case organisation
    case organisations
    case privacy
    case register
    case reset
    case said
    case search
    case security
    case sets
    case source
    case terms
    case testpayment
    case verify
    case ways
    case words
}
