import RPC

extension GatewayContext {
    /// The options of a call made for this request: its id and trace go along.
    func options(
        timeout: Duration, idempotencyKey: IdempotencyKey? = nil, principal: [UInt8] = []
    ) -> CallOptions {
        var options = CallOptions()
        options.timeout = timeout
        options.idempotencyKey = idempotencyKey
        options.trace = trace
        options.requestID = requestID
        options.principal = principal
        return options
    }
}
