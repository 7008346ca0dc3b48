/// The frame of a page, as `layout.mustache` takes it.
struct LayoutView: Sendable {
    struct NavigationItem: Sendable {
        let name: String
        let path: String
        let isCurrent: Bool
    }

    let title: String
    let stylesheet: String
    let icon: String
    let script: String
    let navigation: [NavigationItem]
    let headerQuery: String
    let isSignedIn: Bool
    let email: String
    let isAdministrator: Bool
    let isModerator: Bool
    let isConsultant: Bool
    let csrf: String
    let loginPath: String
    let registerPath: String
    /// HTML that another template made: the only text that goes in unescaped.
    let body: String

    init(frame: PageFrame, assets: [Asset], body: String) {
        title = frame.title
        stylesheet = assets[0].path
        icon = assets[1].path
        script = assets[2].path
        navigation = Product.allCases.map { product in
            NavigationItem(name: product.rawValue, path: product.path, isCurrent: product == frame.product)
        }
        headerQuery = frame.query
        isSignedIn = frame.email != nil
        email = frame.email ?? ""
        isAdministrator = frame.isAdministrator
        isModerator = frame.isModerator
        isConsultant = frame.isConsultant
        csrf = frame.csrf
        let next = PercentCoding.query([("next", frame.returnPath)])
        loginPath = "/login" + next
        registerPath = "/register" + next
        self.body = body
    }
}
