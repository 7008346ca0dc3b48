import NIOCore
import RPC
import Wire

/// The server's side of a connection: a call runs for as many actions as its stream says, or ends at once.
enum ServerFuzz {
    static func run(_ bytes: [UInt8]) throws(Broken) {
        var whole = Peer()
        try whole.take(Peer.greeting + bytes)
        var pieces = Peer()
        for byte in Peer.greeting + bytes { try pieces.take([byte]) }
        try require(whole.trace == pieces.trace, "how the bytes are cut changes what the server does")
        try whole.end()
        try pieces.end()
    }

    /// A connection and what it was told to do.
    struct Peer {
        static let greeting: [UInt8] = {
            var buffer = ByteBuffer(bytes: FrameDecoder.preface)
            buffer.writeFrame(Frame(.hello, message: ByteBuffer(bytes: [0x08, 1, 0x10, 1])))
            return Array(buffer: buffer)
        }()

        static let limits: Limits = {
            var limits = Limits()
            limits.streams = 4
            limits.message = 4096
            limits.assembling = 8192
            limits.streamCredit = 256
            limits.connectionCredit = 600
            limits.pingsPerSecond = 8
            limits.cancelsPerSecond = 4
            return limits
        }()

        private let now = NIODeadline.uptimeNanoseconds(1_000_000_000)
        private var machine = ServerStateMachine<UInt32>(
            limits: limits, now: .uptimeNanoseconds(1_000_000_000))
        private var buffer = ByteBuffer()
        private var running: [(stream: UInt32, left: Int)] = []
        private var begun: Set<UInt32> = []
        private var hasEnded = false
        private(set) var trace: [String] = []

        mutating func take(_ bytes: [UInt8]) throws(Broken) {
            buffer.writeBytes(bytes)
            while true {
                let action = machine.receive(&buffer, now: now)
                if case .needBytes = action { break }
                try require(!hasEnded, "an action after the end")
                try perform(action)
                try require(machine.openCalls <= Self.limits.streams, "more calls than slots")
                finishOne()
            }
            let wake = machine.nextWake
            try require(hasEnded || wake != nil, "an open connection always wakes for something")
        }

        private mutating func perform(_ action: ServerStateMachine<UInt32>.Action) throws(Broken) {
            switch action {
            case .needBytes: break
            case .greet: trace.append("greet")
            case .begin(let stream, let header, let message, let deadline):
                trace.append("begin \(stream) \(header.method) \(message.readableBytes) \(hash(message))")
                try require(begun.insert(stream).inserted, "a stream begins twice")
                try require(message.readableBytes <= Self.limits.frame, "a request over the limit")
                try require(deadline <= now + TimeAmount(Self.limits.longestTimeout), "a deadline past the longest")
                guard stream % 4 == 3 else { return }
                machine.started(stream, stream, bytes: message.readableBytes, deadline: deadline)
                running.append((stream, 3))
            case .open(let stream, _, let first, let isEnded, let deadline):
                trace.append("open \(stream) \(first.map(hash) ?? 0) \(isEnded)")
                try require(begun.insert(stream).inserted, "a stream begins twice")
                machine.started(stream, stream, bytes: 0, deadline: deadline)
                machine.opened(stream, first: first, isEnded: isEnded)
                running.append((stream, 6))
            case .message(let stream, let message, let isLast):
                trace.append("message \(stream) \(hash(message)) \(isLast)")
                try require(message.readableBytes <= Self.limits.message, "a message over the limit")
                try require(running.contains { $0.stream == stream }, "a message of a call that does not run")
                // Every other stream is read as it comes.
                guard stream % 4 == 1 else { return }
                trace.append("read \(machine.read(stream, weight: message.readableBytes + Frame.prefixLength))")
            case .ended(let stream): trace.append("ended \(stream)")
            case .abandon(let stream, let error):
                trace.append("abandon \(stream) \(error)")
                try require(running.contains { $0.stream == stream }, "a call that does not run is abandoned")
            case .giveCredit(let stream, let bytes):
                trace.append("give \(stream) \(bytes)")
                try require(bytes > 0 && bytes <= Self.limits.streamCredit, "a credit of \(bytes)")
            case .credit(let stream, let bytes):
                trace.append("credit \(stream) \(bytes)")
                try require(bytes > 0, "CREDIT of nothing")
            case .reply(let stream, let error): trace.append("reply \(stream) \(error)")
            case .refuse(let stream, let kind, let pushback):
                trace.append("refuse \(stream) \(kind) \(pushback)")
                try require(!begun.contains(stream), "a call that began is refused")
            case .pong(let opaque): trace.append("pong \(opaque.readableBytes)")
            case .ponged: trace.append("ponged")
            case .cancel(let stream, let kind):
                trace.append("cancel \(stream) \(kind)")
                try require(running.contains { $0.stream == stream }, "a call that does not run is cancelled")
            case .calm(let reason): trace.append("calm \(reason)")
            case .fail(let error):
                trace.append("fail \(error)")
                hasEnded = true
            case .close:
                trace.append("close")
                hasEnded = true
            }
        }

        private func hash(_ buffer: ByteBuffer) -> Int { buffer.readableBytesView.reduce(0) { $0 &* 31 &+ Int($1) } }

        private mutating func finishOne() {
            for index in running.indices { running[index].left -= 1 }
            for entry in running where entry.left == 0 { machine.finished(entry.stream) }
            running.removeAll { $0.left == 0 }
        }

        /// Time passes, then the connection goes.
        mutating func end() throws(Broken) {
            if !hasEnded, let wake = machine.nextWake { _ = machine.expired(at: wake) }
            let rest = machine.disconnected()
            try require(Set(rest) == Set(running.map(\.stream)), "calls are lost, or run that had ended")
        }
    }
}
