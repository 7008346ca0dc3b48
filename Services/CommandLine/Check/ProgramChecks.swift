import Contracts
import RPC
import Runtime

/// Whether the five programs answer where the settings say that they are.
struct ProgramChecks {
    /// How long a program may take to answer.
    static let timeout = Duration.seconds(3)

    let settings: Settings

    func findings() async -> [Finding] {
        var findings: [Finding] = []
        for program in ProgramName.allCases where program != .gateway { findings.append(await health(of: program)) }
        findings.append(await gateway())
        return findings
    }

    private func health(of program: ProgramName) async -> Finding {
        let address =
            settings[.socketFolder].map { "\($0)/\(program.rawValue).sock" }
            ?? settings.address(of: program).local.description
        let client: Client
        do throws(TLSFailure) {
            client = try settings.operatorClient(of: program)
        } catch {
            return .bad(program.executable, "cannot be asked: \(error)")
        }
        let finding: Finding
        do throws(ServiceError) {
            let reply = try await HealthAPI.Client(client).check(
                HealthAPI.HealthCheckRequest(), options: CallOptions(timeout: Self.timeout))
            finding =
                reply.status == .serving
                ? .good(program.executable, "serves on \(address)")
                : .bad(program.executable, "runs on \(address) but is not ready; its log says why.")
        } catch {
            finding = .bad(
                program.executable,
                "does not answer on \(address) (\(error.kind)). Start it with Services/run, or set "
                    + "CODINGAHEAD_\(program.rawValue.uppercased()) to where it is.")
        }
        await client.close()
        return finding
    }

    private func gateway() async -> Finding {
        let subject = ProgramName.gateway.executable
        let address = settings[.http].local
        do {
            let reply = try await OperationsProbe(address: address).get("/readyz")
            guard reply.isOK else {
                let reasons = reply.body.split(separator: "\n").prefix(8).joined(separator: "; ")
                return .bad(subject, "runs on \(address) but is not ready: \(reasons)")
            }
            return .good(subject, "serves on http://\(address)")
        } catch {
            return .bad(
                subject,
                "does not answer on \(address). Start it with Services/run, or set CODINGAHEAD_HTTP to where it is.")
        }
    }
}
