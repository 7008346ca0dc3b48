import CCares
import Dispatch
import Foundation

/// Looks for TXT records (RFC 1035 §3.3.14), through c-ares.
package struct DomainRecords: Sendable {
    /// All tries together, milliseconds.
    private static let timeout: Int32 = 4_000
    /// Records that are looked at; a name with more is no one's proof.
    private static let limit = 100

    /// Whom to ask, `ADDRESS:PORT`; empty: whom the system asks.
    private let servers: String
    private static let queue = DispatchQueue(label: "domain-records", attributes: .concurrent)

    /// - Parameter servers: `ADDRESS:PORT`; empty: the system's.
    package init(servers: String = "") { self.servers = servers }

    /// Where an employer publishes its proof.
    package static func name(of domain: String) -> String { "_codingahead." + domain }

    /// What it publishes there: which employer may speak for the domain. It is no secret; only the domain's owner can
    /// publish it.
    package static func text(of employer: EmployerID) -> String { "employer=" + employer.text }

    /// The TXT records of a name; none when there are none, or when no server answers.
    package func texts(at name: String) async -> [String] {
        await withCheckedContinuation { continuation in
            Self.queue.async { continuation.resume(returning: lookUp(name)) }
        }
    }

    private func lookUp(_ name: String) -> [String] {
        guard ares_library_init(ARES_LIB_INIT_ALL) == Int32(ARES_SUCCESS) else { return [] }
        defer { ares_library_cleanup() }
        var channel: ares_channel?
        guard ares_init(&channel) == Int32(ARES_SUCCESS), let channel else { return [] }
        defer { ares_destroy(channel) }
        if !servers.isEmpty { ares_set_servers_ports_csv(channel, servers) }
        let answer = Answer()
        withExtendedLifetime(answer) {
            ares_query(
                channel, name, Int32(ns_c_in.rawValue), Int32(ns_t_txt.rawValue), take,
                Unmanaged.passUnretained(answer).toOpaque())
            wait(for: answer, on: channel)
        }
        return answer.texts
    }

    /// Lets the channel read and write until it has answered or the time is over.
    private func wait(for answer: Answer, on channel: ares_channel) {
        let end = ContinuousClock.now + .milliseconds(Int(Self.timeout))
        while !answer.isDone, ContinuousClock.now < end {
            // Two sockets at most: one UDP, one TCP.
            var sockets: [ares_socket_t] = [ARES_SOCKET_BAD, ARES_SOCKET_BAD]
            let bits = ares_getsock(channel, &sockets, 2)
            var waiting: [pollfd] = []
            for (index, socket) in sockets.enumerated() {
                var events: Int32 = 0
                if bits & (1 << Int32(index)) != 0 { events |= Int32(POLLIN) }
                if bits & (1 << Int32(index + 16)) != 0 { events |= Int32(POLLOUT) }
                if events != 0 { waiting.append(pollfd(fd: socket, events: Int16(events), revents: 0)) }
            }
            if waiting.isEmpty { return }
            poll(&waiting, nfds_t(waiting.count), 200)
            for one in waiting {
                let readable = one.revents & Int16(POLLIN | POLLERR | POLLHUP) != 0
                let writable = one.revents & Int16(POLLOUT) != 0
                ares_process_fd(channel, readable ? one.fd : ARES_SOCKET_BAD, writable ? one.fd : ARES_SOCKET_BAD)
            }
            // Time-outs of tries.
            ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD)
        }
        if !answer.isDone { ares_cancel(channel) }
    }

    /// What came back.
    fileprivate final class Answer {
        var texts: [String] = []
        var isDone = false

        func read(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int32) {
            var first: UnsafeMutablePointer<ares_txt_ext>?
            guard ares_parse_txt_reply_ext(bytes, count, &first) == Int32(ARES_SUCCESS) else { return }
            defer { ares_free_data(first) }
            var next = first
            while let record = next?.pointee, texts.count <= DomainRecords.limit {
                let part = String(
                    decoding: UnsafeBufferPointer(start: record.txt, count: Int(record.length)), as: UTF8.self)
                // A record of more than 255 bytes comes in parts.
                if record.record_start != 0 || texts.isEmpty {
                    texts.append(part)
                } else {
                    texts[texts.count - 1] += part
                }
                next = record.next
            }
        }
    }
}

private func take(
    _ context: UnsafeMutableRawPointer?, _ status: Int32, _ timeouts: Int32, _ bytes: UnsafeMutablePointer<UInt8>?,
    _ count: Int32
) {
    guard let context else { return }
    let answer = Unmanaged<DomainRecords.Answer>.fromOpaque(context).takeUnretainedValue()
    answer.isDone = true
    if status == Int32(ARES_SUCCESS), let bytes { answer.read(bytes, count) }
}
