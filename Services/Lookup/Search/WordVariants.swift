/// Forms of one word that share more than a stem: "necrosis" and "necrotic". The Alphabetic Index gives them side by side in a
/// main term ("Necrosis, necrotic"); a note has one of them.
enum WordVariants {
    private static let leastShared = 4
    private static let mostOther = 3

    /// - Parameters:
    ///   - left: a stem.
    ///   - right: another stem.
    static func are(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        let shared = zip(left, right).prefix { $0 == $1 }.count
        return shared >= leastShared && max(left.count, right.count) - shared <= mostOther
    }
}
