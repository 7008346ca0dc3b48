/// What this build calls itself.
package enum Build {
    /// Semantic version of the product.
    package static let version = "0.1.0"
}
