import CSodium

/// Argon2id through libsodium. The hash is one string that holds its own parameters and salt.
package struct PasswordHasher: Sendable {
    /// Passes over the memory.
    package let passes: UInt64
    /// Bytes of memory.
    package let memory: Int

    /// RFC 9106 §4's second choice: 3 passes over 64 MiB.
    package static let standard = PasswordHasher(passes: 3, memory: 64 << 20)

    /// Parameters are libsodium's `opslimit` and `memlimit`.
    package init(passes: UInt64, memory: Int) {
        self.passes = passes
        self.memory = memory
    }

    /// Hashes with a fresh salt. Takes about 0.1 s and `memory` bytes: only for the hashing thread.
    ///
    /// - Throws: `PasswordHashingError` when the memory is not to be had.
    package func hash(_ password: [UInt8]) throws(PasswordHashingError) -> String {
        try PasswordHasher.prepare()
        var text = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let code = PasswordHasher.withCharacters(password) { characters in
            crypto_pwhash_str_alg(
                &text, characters, UInt64(password.count), passes, memory, crypto_pwhash_ALG_ARGON2ID13)
        }
        guard code == 0 else { throw PasswordHashingError.outOfMemory }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether a password is the one that was hashed. As slow as hashing, whatever the answer.
    package func matches(_ password: [UInt8], hash: String) throws(PasswordHashingError) -> Bool {
        try PasswordHasher.prepare()
        let code = PasswordHasher.withCharacters(password) { characters in
            crypto_pwhash_str_verify(hash, characters, UInt64(password.count))
        }
        return code == 0
    }

    /// Whether a hash was made with other parameters.
    package func isOutdated(_ hash: String) -> Bool {
        crypto_pwhash_str_needs_rehash(hash, passes, memory) != 0
    }

    /// Lends the bytes, an empty password's too, to C.
    private static func withCharacters(_ password: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32) -> Int32 {
        (password.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { characters in
            characters.baseAddress.map(body) ?? -1
        }
    }

    private static func prepare() throws(PasswordHashingError) {
        // 0: done now, 1: done before; safe from any thread.
        guard sodium_init() >= 0 else { throw PasswordHashingError.unavailable }
    }
}
