package import NIOCore

extension Client {
    package func open(_ method: Method, request: ByteBuffer?, options: CallOptions) -> StreamCall {
        StreamCall(failing: ServiceError(.unimplemented, "streams are not served yet"))
    }
}
