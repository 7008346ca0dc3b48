import Accounts
import Testing

@Suite struct PasswordWorkTests {
    @Test func `a hash says its parameters and matches its own password only`() throws {
        let hasher = PasswordHasher(passes: 1, memory: 8192)
        let hash = try hasher.hash(Array("nine unrelated pears".utf8))
        #expect(hash.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try hasher.matches(Array("nine unrelated pears".utf8), hash: hash))
        #expect(try !hasher.matches(Array("nine unrelated pear".utf8), hash: hash))
        #expect(try !hasher.matches([], hash: hash))
        #expect(try !hasher.matches([], hash: "no hash"))
        #expect(!hasher.isOutdated(hash))
        #expect(PasswordHasher.standard.isOutdated(hash))
    }

    @Test func `the standard is Argon2id with 64 MiB and 3 passes`() throws {
        let hash = try PasswordHasher.standard.hash(Array("nine unrelated pears".utf8))
        #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
    }

    @Test func `when too many wait, one more is refused at once and the others are served`() async throws {
        let work = try PasswordWork(PasswordHasher(passes: 3, memory: 32 << 20), queueLimit: 3)
        let outcomes = await withTaskGroup(of: PasswordHashingError?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        _ = try await work.hash(Array("password number \(number)".utf8))
                        return nil
                    } catch {
                        return error as? PasswordHashingError
                    }
                }
            }
            return await group.reduce(into: [PasswordHashingError?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .overloaded } >= 10)
        #expect(outcomes.count { $0 == nil } >= 3)
        work.close()
        await #expect(throws: PasswordHashingError.closed) { try await work.hash([1]) }
    }

    @Test func `no password matches when there is no hash`() async throws {
        let work = try PasswordWork(PasswordHasher(passes: 1, memory: 8192))
        let check = try await work.check("a password that opens nothing", hash: nil)
        #expect(!check.matches && check.newHash == nil)
        work.close()
    }

    @Test func `a hash of before passwords were prepared goes on matching, and is made anew once`() async throws {
        let work = try PasswordWork(PasswordHasher(passes: 1, memory: 8192))
        let decomposed = "cafe\u{301} au lait, chaud"
        let before = try PasswordHasher(passes: 1, memory: 8192).hash(Array(decomposed.utf8))
        let first = try await work.check(decomposed, hash: before)
        let now = try #require(first.newHash)
        #expect(first.matches)
        for text in [decomposed, "caf\u{E9} au lait, chaud", "caf\u{E9}\u{A0}au\u{2003}lait, chaud"] {
            let check = try await work.check(text, hash: now)
            #expect(check.matches && check.newHash == nil, "\(text)")
        }
        let other = try await work.check("cafe au lait, chaud", hash: now)
        #expect(!other.matches && other.newHash == nil)
        work.close()
    }
}
