/// The templates in `Resources/templates`. `block`, `sets` and `source` are parts of others.
enum TemplateName: String, CaseIterable, Sendable {
    case account
    case block
    case browse
    case careers
    case case2code
    case caseconsultant
    case casepilot
    case claims
    case code
    case coverage
    case crosswalks
    case editions
    case failure
    case fees
    case home
    case layout
    case login
    case note
    case privacy
    case register
    case reset
    case search
    case sets
    case source
    case terms
    case verify
}
