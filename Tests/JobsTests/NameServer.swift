import Foundation
import Support

/// A name server of this machine that answers every TXT question over UDP with the same records (RFC 1035).
final class NameServer: Sendable {
    let port: UInt16
    private let socket: Int32
    private let texts = Shared<[String]>([])
    private let names = Shared<[String]>([])

    struct Fault: Error {}

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = socket
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard socket >= 0, bound else { throw Fault() }
        port = UInt16(bigEndian: address.sin_port)
        let (texts, names) = (texts, names)
        Thread.detachNewThread { Self.serve(descriptor, texts, names) }
    }

    deinit { close(socket) }

    /// The records from now on.
    func set(_ records: [String]) { texts.withLock { $0 = records } }

    /// The names that were asked for.
    var asked: [String] { names.current }

    private static func serve(_ descriptor: Int32, _ texts: Shared<[String]>, _ names: Shared<[String]>) {
        var buffer = [UInt8](repeating: 0, count: 512)
        while true {
            var from = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = withUnsafeMutablePointer(to: &from) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &buffer, buffer.count, 0, $0, &length)
                }
            }
            guard count > 12 else { return }
            let question = Array(buffer[0..<count])
            var end = 12
            var labels: [String] = []
            while question[end] != 0 {
                labels.append(String(decoding: question[(end + 1)...(end + Int(question[end]))], as: UTF8.self))
                end += Int(question[end]) + 1
            }
            names.withLock { $0.append(labels.joined(separator: ".")) }
            let records = texts.current
            var reply = Array(question[0..<2]) + [0x81, 0x80, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
            reply += question[12..<(end + 5)]
            for text in records {
                let bytes = Array(text.utf8)
                reply += [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, UInt8(bytes.count + 1), UInt8(bytes.count)] + bytes
            }
            let answer = reply
            _ = withUnsafePointer(to: &from) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    sendto(descriptor, answer, answer.count, 0, $0, length)
                }
            }
        }
    }
}
