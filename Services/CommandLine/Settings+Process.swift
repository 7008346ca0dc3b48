import ArgumentParser
import RPC
import Runtime

extension Settings {
    /// The settings of this process.
    /// - Throws: exit code 78 (EX_CONFIG) after saying what is wrong.
    static func ofProcess() throws -> Settings {
        do throws(SettingsError) {
            return try Settings(environment: Environment.current)
        } catch {
            Output.complain(error.description)
            throw ExitCode(78)
        }
    }

    /// A channel to a running program as the settings say: its socket or its address, with the operator's certificate when there is TLS.
    /// - Throws: `TLSFailure` when a certificate cannot be used.
    func operatorClient(of program: ProgramName) throws(TLSFailure) -> Client {
        let own = try ProgramSecurity(self, holder: CertificateFolder.operatorName)
        let target =
            own.socket(of: program) == nil
            ? address(of: program).local.description : own.target(of: program, self)
        return Client(
            configuration: ClientConfiguration(
                target: target, security: own.client(of: program), name: "codingahead"))
    }

    /// The same for a command that can do nothing without it.
    /// - Throws: exit code 78 (EX_CONFIG) after saying what is wrong.
    func operatorClientOrExit(of program: ProgramName) throws -> Client {
        do throws(TLSFailure) {
            return try operatorClient(of: program)
        } catch {
            Output.complain(error.description)
            throw ExitCode(78)
        }
    }
}
