import Glibc
import NIOCore
import NIOPosix

/// Finds the addresses of a target: all A and AAAA records of each host, by the system's own resolver (hosts file and DNS).
enum Resolver {
    /// More addresses than a client connects to; a random sample of this size is used then.
    static let addressLimit = 64

    /// The endpoints of a target whose hosts are all addresses; nil when one is a name.
    static func literal(_ target: Target) -> [Endpoint]? { literal(target.places) }

    private static func literal(_ places: [Target.Place]) -> [Endpoint]? {
        var endpoints: [Endpoint] = []
        for place in places {
            do {
                switch place {
                case .host(let host, let port):
                    endpoints.append(Endpoint(host: host, address: try SocketAddress(ipAddress: host, port: port)))
                case .unix(let path):
                    endpoints.append(Endpoint(host: path, address: try SocketAddress(unixDomainSocketPath: path)))
                }
            } catch {
                return nil
            }
        }
        return distinct(endpoints)
    }

    /// Looks the hosts up on NIO's thread pool, because the system's resolver blocks; hands the result to `then` on one of its threads.
    /// Empty when no host has an address. A host that is not found does not hide the others.
    static func resolve(_ target: Target, then: @escaping @Sendable ([Endpoint]) -> Void) {
        NIOThreadPool.singleton.submit { state in
            guard case .active = state else { return then([]) }
            then(sample(distinct(target.places.flatMap(lookUp))))
        }
    }

    private static func lookUp(_ place: Target.Place) -> [Endpoint] {
        guard case .host(let host, let port) = place else { return literal([place]) ?? [] }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var endpoints: [Endpoint] = []
        var next = list
        while let entry = next {
            next = entry.pointee.ai_next
            guard let address = entry.pointee.ai_addr else { continue }
            let raw = UnsafeRawPointer(address)
            switch entry.pointee.ai_family {
            case AF_INET:
                let known = SocketAddress(raw.load(as: sockaddr_in.self))
                endpoints.append(Endpoint(host: host, address: known))
            case AF_INET6:
                let known = SocketAddress(raw.load(as: sockaddr_in6.self))
                endpoints.append(Endpoint(host: host, address: known))
            default: continue
            }
        }
        return endpoints
    }

    private static func distinct(_ endpoints: [Endpoint]) -> [Endpoint] {
        var seen: Set<SocketAddress> = []
        return endpoints.filter { seen.insert($0.address).inserted }
    }

    private static func sample(_ endpoints: [Endpoint]) -> [Endpoint] {
        endpoints.count <= addressLimit ? endpoints : Array(endpoints.shuffled().prefix(addressLimit))
    }
}
