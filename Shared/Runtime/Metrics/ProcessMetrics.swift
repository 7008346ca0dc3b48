import Glibc

/// What the kernel says of this process, in the names that Prometheus client libraries use.
enum ProcessMetrics {
    /// Linux only: reads `/proc/self`; a value that cannot be read is left out.
    static func rendered() -> String {
        var text = ""
        if let pages = numbers(in: "/proc/self/statm").dropFirst().first {
            text += "# TYPE process_resident_memory_bytes gauge\n"
            text += "process_resident_memory_bytes \(pages * sysconf(Int32(_SC_PAGESIZE)))\n"
        }
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            let times = [usage.ru_utime, usage.ru_stime]
            let seconds = times.reduce(0.0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
            text += "# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total \(seconds)\n"
        }
        if let count = openDescriptors() {
            text += "# TYPE process_open_fds gauge\nprocess_open_fds \(count)\n"
        }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            text += "# TYPE process_max_fds gauge\nprocess_max_fds \(limit.rlim_cur)\n"
        }
        text += "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds \(start)\n"
        return text
    }

    /// When this process read it first, which `Program.run` does at its start; seconds since 1970.
    static let start = time(nil)

    private static func numbers(in path: String) -> [Int] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return [] }
        let bytes = line.prefix { $0 != 0 && $0 != 0x0A }.map { UInt8(bitPattern: $0) }
        return bytes.split(separator: 0x20).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }

    private static func openDescriptors() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)  // ".", ".." and the folder itself
    }
}
