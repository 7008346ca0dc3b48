import RPC
import Wire

enum HeaderFuzz {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        guard let kind = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        switch kind % 4 {
        case 0: try roundTrip(RPCHeaders.Hello.self, rest)
        case 1: try roundTrip(RPCHeaders.CallHeader.self, rest)
        case 2: try roundTrip(RPCHeaders.ReplyHeader.self, rest)
        default: try roundTrip(RPCHeaders.StatusDetails.self, rest)
        }
    }

    private static func roundTrip<M: WireMessage & Equatable>(_ type: M.Type, _ bytes: [UInt8]) throws(Broken) {
        guard let message = try? Wire.decode(type, from: bytes) else { return }
        guard let packed = try? Wire.encode(message) else { throw Broken("what was read cannot be packed") }
        try require(packed.count <= bytes.count * 2 + 64, "packing inflates")
        guard let again = try? Wire.decode(type, from: packed) else {
            throw Broken("what was packed cannot be read")
        }
        try require(again == message, "what was packed reads as something else")
    }
}
