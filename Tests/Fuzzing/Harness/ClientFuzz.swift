import NIOCore
import RPC
import Wire

/// The client's side of a connection on which eight calls are open: each ends exactly once.
enum ClientFuzz {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        var whole = Peer()
        try whole.take(Peer.greeting)
        try whole.openCalls()
        try whole.take(bytes)
        var pieces = Peer()
        try pieces.take(Peer.greeting)
        try pieces.openCalls()
        for byte in bytes { try pieces.take([byte]) }
        try require(whole.trace == pieces.trace, "how the bytes are cut changes what the client does")
        try whole.end()
        try pieces.end()
    }

    struct Peer {
        static let greeting: [UInt8] = {
            var buffer = ByteBuffer()
            buffer.writeFrame(Frame(.hello, message: ByteBuffer(bytes: [0x08, 1, 0x10, 1])))
            return Array(buffer: buffer)
        }()

        static let limits: Limits = {
            var limits = Limits()
            limits.message = 4096
            limits.assembling = 8192
            limits.streamCredit = 256
            limits.connectionCredit = 600
            return limits
        }()

        private let now = NIODeadline.uptimeNanoseconds(1_000_000_000)
        private var machine = ClientStateMachine<UInt32>(limits: limits, now: .uptimeNanoseconds(1_000_000_000))
        private var buffer = ByteBuffer()
        private var open: Set<UInt32> = []
        private var hasEnded = false
        private(set) var trace: [String] = []

        mutating func openCalls() throws(Broken) {
            for number in UInt32(0)..<8 where machine.canOpen {
                let stream = machine.open(
                    number, deadline: now + .seconds(1), now: now, streamsReplies: number % 2 == 1)
                try require(stream == 2 * number + 1, "streams are odd and ascend")
                open.insert(number)
            }
        }

        mutating func take(_ bytes: [UInt8]) throws(Broken) {
            buffer.writeBytes(bytes)
            while true {
                let action = machine.receive(&buffer, now: now)
                if case .needBytes = action { break }
                try require(!hasEnded, "an action after the end")
                try perform(action)
                try require(machine.openCalls == open.count, "a call is lost or ended twice")
            }
        }

        private mutating func perform(_ action: ClientStateMachine<UInt32>.Action) throws(Broken) {
            switch action {
            case .needBytes: break
            case .ready: trace.append("ready")
            case .initial(let call, let header):
                trace.append("initial \(call) \(header.meta.count)")
                try require(open.contains(call), "INIT for a call that has ended")
            case .message(let call, let message):
                trace.append("message \(call) \(hash(message))")
                try require(open.contains(call), "a message for a call that has ended")
                try require(call % 2 == 1, "a message for a call that has one reply")
                try require(message.readableBytes <= Self.limits.message, "a message over the limit")
                guard call % 4 == 1 else { return }
                let weight = message.readableBytes + Frame.prefixLength
                trace.append("read \(machine.read(2 * call + 1, weight: weight))")
            case .giveCredit(let stream, let bytes):
                trace.append("give \(stream) \(bytes)")
                try require(bytes > 0 && bytes <= Self.limits.streamCredit, "a credit of \(bytes)")
            case .credit(let stream, let bytes):
                trace.append("credit \(stream) \(bytes)")
                try require(bytes > 0, "CREDIT of nothing")
            case .reply(let call, let header, let message):
                trace.append("reply \(call) \(header?.code ?? 0) \(message.readableBytes) \(hash(message))")
                try ended(call)
            case .failed(let call, let stream, let error):
                trace.append("failed \(call) \(stream) \(error)")
                try require(stream == 2 * call + 1, "a call fails under another's stream")
                try ended(call)
            case .refused(let call, let kind, let pushback):
                trace.append("refused \(call) \(kind) \(pushback)")
                try ended(call)
            case .pong(let opaque): trace.append("pong \(opaque.readableBytes)")
            case .drained(let notRun):
                trace.append("drained \(notRun.sorted())")
                for call in notRun { try ended(call) }
                try require(!machine.canOpen, "a drained connection takes calls")
            case .fail(let error):
                trace.append("fail \(error)")
                hasEnded = true
            case .close(let error):
                trace.append("close \(error)")
                hasEnded = true
            }
        }

        private func hash(_ buffer: ByteBuffer) -> Int { buffer.readableBytesView.reduce(0) { $0 &* 31 &+ Int($1) } }

        private mutating func ended(_ call: UInt32) throws(Broken) {
            try require(open.remove(call) != nil, "a call ends twice")
        }

        /// The deadline passes, then the connection goes: what is left ends then.
        mutating func end() throws(Broken) {
            if !hasEnded {
                let late = machine.expired(at: now + .seconds(1))
                for entry in late.calls { try ended(entry.call) }
                try require(late.error != nil || open.isEmpty, "a call outlives its deadline")
            }
            for call in machine.disconnected() { try ended(call) }
            try require(open.isEmpty, "a call never ends")
            try require(machine.disconnected().isEmpty, "a call ends after the connection")
        }
    }
}
