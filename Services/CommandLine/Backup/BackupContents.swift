import Runtime

/// What of the data folder cannot be had again, and is therefore in a backup.
///
/// Not in it: sources and published snapshots (`data pull` and `data import` make them anew), logs, certificates.
enum BackupContents {
    /// Every store that a program writes, below the data folder.
    static let stores: [(program: ProgramName, path: String)] = [
        (.accounts, "accounts/accounts.sqlite"), (.assistant, "assistant/assistant.sqlite"),
        (.assistant, "assistant/knowledge.sqlite"), (.jobs, "jobs/jobs.sqlite"), (.lookup, "lookup/texts.sqlite"),
    ]

    /// Folders whose files are copied as they are: Gateway's signing key, résumés, and mail that waits in the Maildir.
    static let folders = ["gateway", "jobs/resumes", "mail"]

    /// Whether something that a manifest lists has a place in a data folder; keeps a forged one from writing elsewhere.
    static func holds(_ item: BackupManifest.Item) -> Bool {
        if item.migrations != nil { return stores.contains { $0.path == item.path } }
        let parts = item.path.split(separator: "/", omittingEmptySubsequences: false)
        return folders.contains { item.path.hasPrefix($0 + "/") } && !parts.contains { $0 == ".." || $0.isEmpty }
    }
}
