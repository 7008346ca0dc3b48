/// A request to open one item of a feature for a subject.
package struct OpenOrder: Sendable, Equatable {
    package let subject: Subject
    package let feature: Feature
    package let item: MeteredItem
    /// For the ceiling on guest grants; nil: not counted.
    package let network: NetworkPrefix?
    /// Makes a repeat of the same call give the same answer; nil: none.
    package let key: [UInt8]?

    /// All of a request.
    package init(
        subject: Subject, feature: Feature, item: MeteredItem, network: NetworkPrefix? = nil, key: [UInt8]? = nil
    ) {
        self.subject = subject
        self.feature = feature
        self.item = item
        self.network = network
        self.key = key
    }
}
