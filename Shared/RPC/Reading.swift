import NIOCore

/// How much a connection reads at once.
enum Reading {
    /// From 512 bytes up to 256 KiB as the peer sends more: frames that come whole are not copied, and of those of 64 KiB at most one in four
    /// comes in two parts.
    static let allocator = AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 4096, maximum: 256 * 1024)
}
