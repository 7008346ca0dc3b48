import Foundation

/// One kept-alive HTTP/1.1 connection with blocking reads: the least that a client can cost, so that the server is what is timed.
final class HTTPConnection {
    private let socket: Int32
    private let host: String
    private var buffer: [UInt8] = []

    init(_ address: String) throws {
        let parts = address.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else {
            throw ServerProcess.Failed(reason: "\(address) is not ADDRESS:PORT")
        }
        host = address
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = port.bigEndian
        inet_pton(AF_INET, String(parts[0]), &target.sin_addr)
        let result = withUnsafePointer(to: &target) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ServerProcess.Failed(reason: "\(address) does not answer") }
    }

    deinit { close(socket) }

    /// The status of a GET; the body is read and dropped.
    func get(_ path: String) throws -> Int {
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8)
        guard send(socket, request, request.count, 0) == request.count else {
            throw ServerProcess.Failed(reason: "the connection was closed")
        }
        var head = ""
        while true {
            if let end = range(of: Array("\r\n\r\n".utf8)) {
                head = String(decoding: buffer[..<end], as: UTF8.self).lowercased()
                buffer.removeFirst(end + 4)
                break
            }
            try fill()
        }
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }?.split(separator: " ").last
        let count = length.flatMap { Int($0) } ?? 0
        while buffer.count < count { try fill() }
        buffer.removeFirst(count)
        return Int(head.split(separator: " ")[1]) ?? 0
    }

    private func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { throw ServerProcess.Failed(reason: "the connection was closed") }
        buffer += chunk[..<count]
    }

    private func range(of needle: [UInt8]) -> Int? {
        guard buffer.count >= needle.count else { return nil }
        return (0...buffer.count - needle.count).first { buffer[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}
