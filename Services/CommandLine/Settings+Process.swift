import ArgumentParser
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
}
