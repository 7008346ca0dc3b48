/// The home page, as `home.mustache` takes it.
struct HomeView: Sendable {
    struct ProductView: Sendable {
        let name: String
        let path: String
        let summary: String
    }

    let products = Product.allCases.map { ProductView(name: $0.rawValue, path: $0.path, summary: $0.summary) }
    let loaded: LoadedSets
}
