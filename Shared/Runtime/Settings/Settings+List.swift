// The one list of settings. `Shared/Runtime/README.md` shows it to operators; `TidyTests` holds the two together.

extension Setting where Value == String {
    package static var dataFolder: Self {
        Setting(
            "CODINGAHEAD_DATA", .folder, default: ".data", example: "/var/lib/codingahead",
            "Folder of the stores, the published snapshots, the secret keys and the logs of Services/run.")
    }
}

extension Setting where Value == String {
    package static var mailFrom: Self {
        Setting(
            "CODINGAHEAD_MAIL_FROM", .line, default: "Coding Ahead <desk@localhost>",
            example: "Coding desk <desk@example.org>", "Who the desk's mail is from; bounces go there.")
    }
    package static var smtpUser: Self {
        Setting(
            "CODINGAHEAD_SMTP_USER", .line, default: "", example: "desk",
            "The name that the desk logs in with at the relay; empty: the relay asks for none.")
    }
    package static var smtpPasswordFile: Self {
        Setting(
            "CODINGAHEAD_SMTP_PASSWORD_FILE", .line, default: "", example: "/run/secrets/smtp",
            "The file that holds the password for the relay.")
    }
    package static var smtpAuthorities: Self {
        Setting(
            "CODINGAHEAD_SMTP_CA_FILE", .line, default: "", example: "/etc/ssl/relay.pem",
            "Certificates to trust at the relay instead of the system's.")
    }
}

extension Setting where Value == String {
    package static var payments: Self {
        Setting(
            "CODINGAHEAD_PAYMENTS", .line, default: "", example: "https://pay.example.org/checkout",
            "Where people pay: the address of a payment provider's checkout page, test for the built-in test provider, "
                + "empty: nothing is sold.")
    }
    package static var paymentSecretFile: Self {
        Setting(
            "CODINGAHEAD_PAYMENT_SECRET_FILE", .line, default: "", example: "/run/secrets/payments",
            "The file of the secrets that the provider's events are signed with, a line each, the newest first.")
    }
}

extension Setting where Value == MailProtection {
    package static var smtpProtection: Self {
        Setting(
            "CODINGAHEAD_SMTP_TLS", .word, default: "required", example: "implicit",
            "How the connection to the relay is protected: STARTTLS required or wanted, TLS from the start, or none.")
    }
}

extension Setting where Value == String? {
    package static var tlsFolder: Self {
        Setting(
            "CODINGAHEAD_TLS_FOLDER", SettingKind.folder.optional, default: "", example: "/run/secrets/tls",
            "Calls between programs go over TLS with certificates on both sides: NAME/tls.crt, tls.key and ca.crt in this folder."
        )
    }
    package static var tlsCallers: Self {
        Setting(
            "CODINGAHEAD_TLS_CALLERS", SettingKind.folder.optional, default: "", example: "/etc/codingahead/callers",
            "File that says which caller may call which methods; empty: whoever may connect may call everything.")
    }
    package static var tlsTokens: Self {
        Setting(
            "CODINGAHEAD_TLS_TOKENS", SettingKind.folder.optional, default: "", example: "/etc/codingahead/tokens",
            "File of the tokens by which callers without a certificate are known: a name and a SHA-256 a line.")
    }
    package static var httpsFolder: Self {
        Setting(
            "CODINGAHEAD_HTTPS_FOLDER", SettingKind.folder.optional, default: "", example: "/run/secrets/https",
            "Gateway serves https (HTTP/1.1 and HTTP/2) with tls.crt and tls.key of this folder; empty: http.")
    }
    package static var socketFolder: Self {
        Setting(
            "CODINGAHEAD_SOCKET_FOLDER", SettingKind.folder.optional, default: "", example: "/run/codingahead",
            "Programs listen at NAME.sock in this folder too, and call each other there; for programs on one host.")
    }
}

extension Setting where Value == [UInt32]? {
    package static var socketUsers: Self {
        Setting(
            "CODINGAHEAD_SOCKET_USERS", SettingKind.users.optional, default: "", example: "1000,1001",
            "Numbers of the users that may connect to the sockets; empty: the user that the program runs as.")
    }
}

extension Setting where Value == HostPort {
    package static var http: Self {
        Setting(
            "CODINGAHEAD_HTTP", .address, default: "127.0.0.1:8080", example: "0.0.0.0:8080",
            "Where Gateway serves pages and JSON: the only public port.")
    }
    package static var lookup: Self { rpc("LOOKUP", 7101, "Lookup") }
    package static var assistant: Self { rpc("ASSISTANT", 7102, "Assistant") }
    package static var accounts: Self { rpc("ACCOUNTS", 7103, "Accounts") }
    package static var jobs: Self { rpc("JOBS", 7104, "Jobs") }

    private static func rpc(_ word: String, _ port: Int, _ program: String) -> Self {
        Setting(
            "CODINGAHEAD_\(word)", .address, default: "127.0.0.1:\(port)", example: "\(program.lowercased()):\(port)",
            "Where \(program) is called, and where it listens unless CODINGAHEAD_\(word)_LISTEN says otherwise.")
    }
}

extension Setting where Value == HostPort? {
    package static var lookupListen: Self { listen("LOOKUP", 7101, "Lookup") }
    package static var assistantListen: Self { listen("ASSISTANT", 7102, "Assistant") }
    package static var smtp: Self {
        Setting(
            "CODINGAHEAD_SMTP", SettingKind.address.optional, default: "", example: "mail.example.org:587",
            "The relay that takes the desk's mail; empty: it is written to the Maildir DATA/mail.")
    }
    package static var accountsListen: Self { listen("ACCOUNTS", 7103, "Accounts") }
    package static var jobsListen: Self { listen("JOBS", 7104, "Jobs") }

    private static func listen(_ word: String, _ port: Int, _ program: String) -> Self {
        Setting(
            "CODINGAHEAD_\(word)_LISTEN", SettingKind.address.optional, default: "", example: "0.0.0.0:\(port)",
            "Where \(program) listens when that is not where it is called, as in a container.")
    }
}

extension Setting where Value == Origin? {
    package static var publicOrigin: Self {
        Setting(
            "CODINGAHEAD_PUBLIC_ORIGIN", SettingKind.origin.optional, default: "",
            example: "https://coding.example.org",
            "Origin in people's address bars; cookies are Secure when it is https. Empty: http:// and the HTTP address."
        )
    }
}

extension Setting where Value == [Origin] {
    package static var crossOrigins: Self {
        Setting(
            "CODINGAHEAD_CORS_ORIGINS", .origins, default: "", example: "https://ehr.example.org",
            "Other sites whose pages may ask the JSON and FHIR addresses, with keys of their own.")
    }
}

extension Setting where Value == NetworkAddress {
    package static var operationsHost: Self {
        Setting(
            "CODINGAHEAD_OPS_HOST", SettingKind("IP address") { NetworkAddress($0) }, default: "127.0.0.1",
            example: "0.0.0.0",
            "Address on which each program serves /livez, /readyz and /metrics, 100 ports above its own port.")
    }
}

extension Setting where Value == HostPort? {
    package static var traceCollector: Self {
        Setting(
            "CODINGAHEAD_TRACES", SettingKind.address.optional, default: "", example: "collector:4318",
            "A collector that takes traces as OTLP/HTTP JSON at /v1/traces, without TLS; empty: nobody traces.")
    }
}

extension Setting where Value == Int {
    package static var tracePercent: Self {
        Setting(
            "CODINGAHEAD_TRACES_PERCENT", .integer(0...100), default: "10", example: "100",
            "How many of a hundred traces are sent; all programs should have the same number.")
    }
}

extension Setting where Value == LogLevel {
    package static var logLevel: Self {
        Setting(
            "CODINGAHEAD_LOG_LEVEL", .word, default: "info", example: "debug",
            "The least important level that is logged.")
    }
}

extension Setting where Value == LogFormat {
    package static var logFormat: Self {
        Setting(
            "CODINGAHEAD_LOG_FORMAT", .word, default: "logfmt", example: "json", "How a line of the log is written.")
    }
}

extension Setting where Value == Int {
    package static var guestNetworkCeiling: Self {
        Setting(
            "CODINGAHEAD_GUEST_NETWORK_CEILING", .integer(1...1_000_000), default: "200", example: "500",
            "Code pages that all guests of one network (/24 or /56) together may be granted in a day (UTC).")
    }
}

extension Setting where Value == Int {
    package static var registrationNetworkCeiling: Self {
        Setting(
            "CODINGAHEAD_REGISTRATION_NETWORK_CEILING", .integer(1...1_000_000), default: "1000", example: "200",
            "Accounts that one network (/24 or /56) may register in a day (UTC).")
    }
}

extension Setting where Value == Int {
    package static var networkRate: Self {
        Setting(
            "CODINGAHEAD_RATE_NETWORK", .integer(0...10_000_000), default: "6000", example: "60000",
            "Requests a minute of one network (/24 or /56); 0: any number. The machine itself has a thousand times that."
        )
    }
    package static var credentialRate: Self {
        Setting(
            "CODINGAHEAD_RATE_CREDENTIAL", .integer(0...10_000_000), default: "1200", example: "12000",
            "Requests a minute of one session or API key; 0: any number. From the machine itself a thousand times that."
        )
    }
}

extension Setting where Value == Int {
    package static var mailRetentionDays: Self {
        Setting(
            "CODINGAHEAD_RETENTION_MAIL_DAYS", .integer(1...3_650), default: "30", example: "90",
            "Days that sent mail is remembered, without its text.")
    }
    package static var unverifiedRetentionDays: Self {
        Setting(
            "CODINGAHEAD_RETENTION_UNVERIFIED_DAYS", .integer(0...3_650), default: "180", example: "30",
            "Days after which an account is deleted whose address nobody verified and nobody is logged in to; 0: never."
        )
    }
}

extension Setting where Value == Int {
    package static var conversationDays: Self {
        Setting(
            "CODINGAHEAD_RETENTION_CONVERSATION_DAYS", .integer(1...3_650), default: "365", example: "90",
            "Days that a CasePilot conversation of an account is kept after its last question.")
    }
}

extension Setting where Value == [NetworkPrefix] {
    package static var trustedProxies: Self {
        Setting(
            "CODINGAHEAD_TRUSTED_PROXIES", .networks, default: "", example: "10.0.0.0/8,fd00::/8",
            "Proxies whose X-Forwarded-For is believed; from all others the socket's peer is the caller.")
    }
}

extension Setting where Value == Duration {
    package static var drainGrace: Self {
        Setting(
            "CODINGAHEAD_DRAIN_GRACE", .duration(.seconds(1)...(.seconds(300))), default: "25s", example: "10s",
            "How long calls that are running may take to end after SIGTERM.")
    }
}

// Cases by mail.

extension Setting where Value == String {
    package static var caseAddress: Self {
        Setting(
            "CODINGAHEAD_CASE_ADDRESS", .line, default: "", example: "case@example.org",
            "Where cases are mailed to; empty: case@ and the domain of CODINGAHEAD_MAIL_FROM.")
    }
    package static var caseTrustedServer: Self {
        Setting(
            "CODINGAHEAD_CASE_TRUSTED_SERVER", .line, default: "", example: "mx.example.org",
            "The receiving mail server whose Authentication-Results are believed; empty: none.")
    }
}

extension Setting where Value == HostPort? {
    package static var caseSMTP: Self {
        Setting(
            "CODINGAHEAD_CASE_SMTP", SettingKind.address.optional, default: "", example: "127.0.0.1:7125",
            "Where cases are taken by SMTP, without TLS: for this machine or a trusted network; empty: nowhere.")
    }
    package static var caseLMTP: Self {
        Setting(
            "CODINGAHEAD_CASE_LMTP", SettingKind.address.optional, default: "", example: "127.0.0.1:7124",
            "Where cases are taken by LMTP from a mail server such as Postfix; empty: nowhere.")
    }
}

extension Setting where Value == CaseIdentifiers {
    package static var caseIdentifiers: Self {
        Setting(
            "CODINGAHEAD_CASE_IDENTIFIERS", .word, default: "redact", example: "refuse",
            "What is done with a mailed case that holds what identifies a patient.")
    }
}

extension Setting where Value == CaseStrangers {
    package static var caseStrangers: Self {
        Setting(
            "CODINGAHEAD_CASE_STRANGERS", .word, default: "refuse", example: "ignore",
            "What somebody is told who mails a case without an account: one refusal a day, or nothing.")
    }
}

extension Setting where Value == Int {
    package static var caseBytes: Self {
        Setting(
            "CODINGAHEAD_CASE_BYTES", .integer(65_536...52_428_800), default: "5242880", example: "10485760",
            "Bytes that a mailed case may have, attachments included.")
    }
}

// The language model.

extension Setting where Value == String {
    package static var modelAddress: Self {
        Setting(
            "CODINGAHEAD_MODEL_ADDRESS", .line, default: "", example: "http://127.0.0.1:8000/v1",
            "The language model that words answers, before /chat/completions; empty: none, the rules word them.")
    }
    package static var modelName: Self {
        Setting("CODINGAHEAD_MODEL", .line, default: "default", example: "qwen3", "The model's name at its address.")
    }
    package static var modelKeyFile: Self {
        Setting(
            "CODINGAHEAD_MODEL_KEY_FILE", .line, default: "", example: "/run/secrets/model",
            "The file of the key that the model's address asks for; empty: it asks for none.")
    }
}

extension Setting where Value == Duration {
    package static var modelDeadline: Self {
        Setting(
            "CODINGAHEAD_MODEL_DEADLINE", .duration(.milliseconds(100)...(.seconds(14))), default: "8s", example: "4s",
            "How long an answer waits for the model before the rules' wording is given.")
    }
}

extension Setting where Value == Int {
    package static var modelReplyTokens: Self {
        Setting(
            "CODINGAHEAD_MODEL_REPLY_TOKENS", .integer(50...4_000), default: "600", example: "300",
            "Tokens that one reply of the model may have.")
    }
    package static var modelDayTokens: Self {
        Setting(
            "CODINGAHEAD_MODEL_DAY_TOKENS", .integer(0...1_000_000_000), default: "1000000", example: "200000",
            "Tokens that the model is used for in a day (UTC), counted since the program started; then the rules word.")
    }
}

extension Setting where Value == ModelLicence {
    package static var modelCPT: Self {
        Setting(
            "CODINGAHEAD_MODEL_CPT", .word, default: "never", example: "allowed",
            "Whether the licence lets CPT text be sent to the model.")
    }
}

extension Settings {
    /// Every setting, in the order in which operators are shown them.
    package static let all: [any SettingDescription] = [
        Setting<String>.dataFolder,
        Setting<HostPort>.http,
        Setting<Origin?>.publicOrigin,
        Setting<[NetworkPrefix]>.trustedProxies,
        Setting<String?>.httpsFolder, Setting<[Origin]>.crossOrigins,
        Setting<Int>.networkRate, Setting<Int>.credentialRate,
        Setting<HostPort>.lookup, Setting<HostPort?>.lookupListen,
        Setting<HostPort>.assistant, Setting<HostPort?>.assistantListen,
        Setting<HostPort>.accounts, Setting<HostPort?>.accountsListen,
        Setting<HostPort>.jobs, Setting<HostPort?>.jobsListen,
        Setting<NetworkAddress>.operationsHost,
        Setting<String?>.tlsFolder, Setting<String?>.tlsCallers, Setting<String?>.tlsTokens,
        Setting<String?>.socketFolder, Setting<[UInt32]?>.socketUsers,
        Setting<Int>.guestNetworkCeiling,
        Setting<Int>.registrationNetworkCeiling,
        Setting<Int>.conversationDays,
        Setting<Int>.mailRetentionDays,
        Setting<Int>.unverifiedRetentionDays,
        Setting<String>.caseAddress, Setting<HostPort?>.caseSMTP, Setting<HostPort?>.caseLMTP,
        Setting<CaseIdentifiers>.caseIdentifiers, Setting<CaseStrangers>.caseStrangers,
        Setting<String>.caseTrustedServer, Setting<Int>.caseBytes,
        Setting<String>.modelAddress, Setting<String>.modelName, Setting<String>.modelKeyFile,
        Setting<Duration>.modelDeadline, Setting<Int>.modelReplyTokens, Setting<Int>.modelDayTokens,
        Setting<ModelLicence>.modelCPT,
        Setting<String>.mailFrom,
        Setting<HostPort?>.smtp,
        Setting<MailProtection>.smtpProtection,
        Setting<String>.smtpUser,
        Setting<String>.smtpPasswordFile,
        Setting<String>.smtpAuthorities,
        Setting<String>.payments, Setting<String>.paymentSecretFile,
        Setting<Duration>.drainGrace,
        Setting<HostPort?>.traceCollector, Setting<Int>.tracePercent,
        Setting<LogLevel>.logLevel,
        Setting<LogFormat>.logFormat,
    ]
}
