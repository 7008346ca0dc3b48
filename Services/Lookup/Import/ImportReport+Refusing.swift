extension ImportReport {
    /// More lines than this help nobody; the count goes on.
    package static let maximumListedRefusals = 100

    /// Counts a refused row and lists it while there is room.
    package mutating func refuse(line: Int, _ reason: String) {
        rowsRefused += 1
        if refusals.count < Self.maximumListedRefusals {
            refusals.append(Refusal(line: line, reason: reason))
        }
    }
}
