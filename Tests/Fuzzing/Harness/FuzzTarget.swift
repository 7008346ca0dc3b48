/// What is fuzzed, by libFuzzer and by the seeded replay in the tests. Each run takes any bytes.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// The frame decoder: what it takes, written again, is what it took; how the bytes are cut changes nothing.
    case frames
    /// Hello, CallHeader and ReplyHeader through protobuf-c: what is read, packed again, reads as the same.
    case headers
    /// The server's state machine, preface and HELLO already behind it.
    case server
    /// The client's state machine with calls open, HELLO already behind it.
    case client
    /// A planted fault that a working fuzzer finds within seconds.
    case canary

    /// The seeds in `Tests/Fuzzing/Corpora`.
    package var corpus: String { rawValue }

    /// - Throws: `Broken` when what must hold does not; worse traps.
    package func run(_ bytes: [UInt8]) throws(Broken) {
        switch self {
        case .frames: try FrameFuzz.run(bytes)
        case .headers: try HeaderFuzz.run(bytes)
        case .server: try ServerFuzz.run(bytes)
        case .client: try ClientFuzz.run(bytes)
        case .canary: try Canary.run(bytes)
        }
    }
}
