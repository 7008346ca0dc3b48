import Storage

/// Writes the pairs of a file once more by their column-two codes. Column-two codes are taken in portions of some hundred
/// thousand pairs, and the pairs are read once a portion, so that a release of millions needs no more memory than a small one.
struct PairTurner {
    /// Eight bytes each.
    private static let mostInMemory = 500_000

    private let connection: SnapshotConnection
    private let file: ReferenceID

    init(_ connection: SnapshotConnection, _ file: ReferenceID) {
        self.connection = connection
        self.file = file
    }

    func turn() throws {
        var counts: [UInt32: Int] = [:]
        try eachRow { _, records in
            for record in records { counts[record.second, default: 0] += 1 }
        }
        var portion: Set<UInt32> = []
        var size = 0
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) {
            if size + count > Self.mostInMemory, !portion.isEmpty {
                try write(portion)
                portion = []
                size = 0
            }
            portion.insert(code)
            size += count
        }
        if !portion.isEmpty { try write(portion) }
    }

    private func write(_ codes: Set<UInt32>) throws {
        var turned: [UInt32: [UInt64]] = [:]
        // Rows come in the order of column one, so that the records of a code are sorted as they are found.
        try eachRow { first, records in
            for record in records where codes.contains(record.second) {
                turned[record.second, default: []].append(UInt64(first) << 16 | UInt64(record.window))
            }
        }
        for (code, records) in turned.sorted(by: { $0.key < $1.key }) {
            let insert = try connection.statement("INSERT INTO pairs_by_second (file, code, seconds) VALUES (?, ?, ?)")
            insert.bind(1, file.number)
            insert.bind(2, Int(code))
            insert.bind(3, blob: PairRecords.bytes(of: records))
            try insert.run()
        }
    }

    private func eachRow(_ body: (_ first: Int, PairRecords) -> Void) throws {
        try connection.each(
            "SELECT code, seconds FROM pairs WHERE file = ? ORDER BY code", { $0.bind(1, file.number) },
            until: { row in
                let first = row.int(0)
                row.withBytes(1) { body(first, PairRecords($0)) }
                return true
            })
    }
}
