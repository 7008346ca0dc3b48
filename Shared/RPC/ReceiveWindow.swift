/// What may still come in on one direction of a stream, and when credit is given back: pure arithmetic, in bytes.
///
/// The aim is a window of `size` less what lies unread. So a fragment is given back at once while the application waits for its message,
/// and not while whole messages lie before it (decision of 2026-11-24, "Credits of streams").
struct ReceiveWindow: Equatable {
    let size: Int
    /// What the other side may still send.
    private(set) var left: Int
    /// The weight of whole messages that the application has not taken.
    private(set) var unread = 0

    init(size: Int) {
        self.size = size
        left = size
    }

    /// Received and not given back; below zero when more was given than came.
    var outstanding: Int { size - left }

    /// A frame came; false when it was not covered.
    mutating func receive(_ cost: Int) -> Bool {
        left -= cost
        return left >= 0
    }

    /// A message is whole.
    mutating func complete(_ weight: Int) { unread += weight }

    /// The application took messages of this weight.
    mutating func read(_ weight: Int) { unread -= weight }

    /// The credit to give now; 0: it is not worth a frame yet.
    ///
    /// Readers report in portions of a quarter, so that what they have not reported cannot hide the half for which this waits.
    mutating func refill() -> Int { returnable * 2 >= size ? reclaim() : 0 }

    /// What could be given back.
    var returnable: Int { max(0, size - min(size, unread) - left) }

    /// Gives back whatever can be, because other streams wait for it.
    mutating func reclaim() -> Int {
        let credit = returnable
        left += credit
        return credit
    }
}
