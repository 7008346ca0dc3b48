import Foundation

/// How many files, and so connections, the process may have open. Shells and containers often start programs with 1 024.
enum FileLimit {
    /// Files that are not connections of readers: libraries, logs, connections to services.
    private static let reserve = 256

    /// Raises the limit as far as the system allows; the connections that may be open at once then, at least 256.
    static func connections(wanted: Int) -> Int {
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(resource, &limit) == 0 else { return wanted }
        let enough = rlim_t(wanted + reserve)
        if limit.rlim_cur < enough {
            var raised = limit
            raised.rlim_cur = min(limit.rlim_max, enough)
            if setrlimit(resource, &raised) == 0 { limit = raised }
        }
        guard limit.rlim_cur < enough else { return wanted }
        return max(reserve, Int(limit.rlim_cur) - reserve)
    }
}
