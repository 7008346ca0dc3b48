package import RPC

/// The way to each of the four services: TCP clients in the program, in-process channels in tests.
package struct GatewayChannels: Sendable {
    /// The channel to Lookup.
    package let lookup: any RPCChannel
    /// The channel to Accounts.
    package let accounts: any RPCChannel
    /// The channel to Assistant.
    package let assistant: any RPCChannel
    /// The channel to Jobs.
    package let jobs: any RPCChannel

    /// Names the four channels.
    package init(
        lookup: any RPCChannel, accounts: any RPCChannel, assistant: any RPCChannel, jobs: any RPCChannel
    ) {
        self.lookup = lookup
        self.accounts = accounts
        self.assistant = assistant
        self.jobs = jobs
    }
}
