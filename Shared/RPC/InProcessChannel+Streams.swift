package import NIOCore

extension InProcessChannel {
    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        StreamCall(failing: ServiceError(.unimplemented, "streams are not served yet"))
    }
}
