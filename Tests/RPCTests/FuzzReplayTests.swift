import Foundation
import FuzzHarness
import Support
import Testing

/// The fuzzers' corpora and seeded mutations of them, in every run of the tests; `Tests/Fuzzing/run` goes on from there.
@Suite struct FuzzReplayTests {
    static let targets = FuzzTarget.allCases.filter { $0 != .canary }
    static let corpora = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzzing/Corpora")

    /// 100 000 in all in the release build, which is the one that runs in production; a debug build is twenty times slower.
    #if DEBUG
        static let mutations = 1500
    #else
        static let mutations = 25_000
    #endif

    static func corpus(_ target: FuzzTarget) throws -> [[UInt8]] {
        let folder = corpora.appending(path: target.corpus)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .map { Array(try Data(contentsOf: folder.appending(path: $0))) }
    }

    @Test(arguments: targets)
    func `nothing that a fuzzer once found interesting breaks anything`(_ target: FuzzTarget) throws {
        let corpus = try Self.corpus(target)
        #expect(corpus.count >= 5, "the corpus of \(target) is missing")
        for bytes in corpus { #expect(Self.broken(target, bytes) == nil) }
    }

    @Test(arguments: targets, [UInt64(20_261_124)])
    func `neither do seeded mutations of it`(_ target: FuzzTarget, _ seed: UInt64) async throws {
        let corpus = try Self.corpus(target)
        let broken = await apart {
            var mutator = Mutator(generator: SeededGenerator(seed: seed))
            for _ in 0..<Self.mutations {
                if let broken = Self.broken(target, mutator.mutated(corpus)) { return broken as String? }
            }
            return nil
        }
        #expect(broken == nil, "seed \(seed)")
    }

    @Test func `a planted fault is seen by the same path`() {
        let ping: [UInt8] = [8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0xF1, count: 8)
        #expect(throws: Broken.self) { try FuzzTarget.canary.run(ping) }
    }

    /// What an input breaks, and the input; nil: nothing.
    private static func broken(_ target: FuzzTarget, _ bytes: [UInt8]) -> String? {
        do throws(Broken) {
            try target.run(bytes)
            return nil
        } catch {
            return "\(target.rawValue): \(error); bytes \(bytes.map { String(format: "%02x", $0) }.joined())"
        }
    }
}

/// Changes inputs as fuzzers do.
private struct Mutator {
    var generator: SeededGenerator

    mutating func mutated(_ corpus: [[UInt8]]) -> [UInt8] {
        guard var bytes = corpus.randomElement(using: &generator) else { return [] }
        for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, corpus) }
        return Array(bytes.prefix(4096))
    }

    private mutating func mutate(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
        let at = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1 where at < bytes.count: bytes[at] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
        case 2 where at < bytes.count: bytes.remove(at: at)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: at)
        case 4: bytes.removeSubrange(at...)
        default:
            guard let other = corpus.randomElement(using: &generator), !other.isEmpty else { return }
            let from = Int.random(in: 0..<other.count, using: &generator)
            bytes.insert(contentsOf: other[from...].prefix(256), at: at)
        }
    }
}
