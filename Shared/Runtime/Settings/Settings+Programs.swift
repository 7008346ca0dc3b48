extension Settings {
    /// Where a program is called: an RPC address, for Gateway its HTTP address.
    package func address(of program: ProgramName) -> HostPort {
        switch program {
        case .lookup: self[.lookup]
        case .assistant: self[.assistant]
        case .accounts: self[.accounts]
        case .jobs: self[.jobs]
        case .gateway: self[.http]
        }
    }

    /// Where a program listens.
    package func listenAddress(of program: ProgramName) -> HostPort {
        let own: HostPort? =
            switch program {
            case .lookup: self[.lookupListen]
            case .assistant: self[.assistantListen]
            case .accounts: self[.accountsListen]
            case .jobs: self[.jobsListen]
            case .gateway: nil
            }
        return own ?? address(of: program)
    }

    /// Where a program serves `/livez`, `/readyz` and `/metrics`.
    package func operationsAddress(of program: ProgramName) -> HostPort {
        HostPort(host: self[.operationsHost].description, port: listenAddress(of: program).operations.port)
    }

    /// The folder that a program's own store lies in: `DATA/lookup`, `DATA/accounts`, …
    package func storeFolder(of program: ProgramName) -> String { "\(self[.dataFolder])/\(program.rawValue)" }
}
