/// Names a passage in the store.
struct PassageID: Sendable, Hashable {
    let value: Int64
}
