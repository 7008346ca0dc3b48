/// The templates in `Resources/templates`. `answer`, `block`, `sets` and `source` are parts of others.
enum TemplateName: String, CaseIterable, Sendable {
    case account
    case answer
    case block
    case browse
    case careers
    case case2code
    case caseconsultant
    case casepilot
    case code
    case editions
    case errors
    case failure
    case home
    case layout
    case login
    case passage
    case privacy
    case register
    case reset
    case search
    case sets
    case source
    case terms
    case verify
}
