import Foundation
import Runtime

/// A language model behind an address that speaks the chat completions of OpenAI's API, as llama.cpp, Ollama, vLLM and hosted ones do.
struct ChatEndpoint: Sendable {
    /// The address before `/chat/completions`, e.g. http://127.0.0.1:8000/v1.
    var address: String
    /// What is sent as the bearer; empty: nothing.
    var key = ""
    /// The model's name there.
    var model: String
    /// How long an answer may wait for it.
    var deadline = Duration.seconds(8)
    /// Tokens of one reply.
    var replyTokens = 600
    /// Tokens of a day (UTC), questions and replies together.
    var dayTokens = 1_000_000
    /// Whether the operator's licence lets CPT text be sent there.
    var allowsCPT = false

    /// Why the settings cannot be followed.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// - Returns: nil when no model is set.
    /// - Throws: `Fault` when the address is none or the key's file cannot be read.
    init?(_ settings: Settings) throws(Fault) {
        let address = settings[.modelAddress]
        guard !address.isEmpty else { return nil }
        guard address.hasPrefix("http://") || address.hasPrefix("https://"), !address.contains(where: \.isWhitespace)
        else {
            throw Fault(
                description: "CODINGAHEAD_MODEL_ADDRESS is no address: write it like http://127.0.0.1:8000/v1.")
        }
        self.init(address: address.hasSuffix("/") ? String(address.dropLast()) : address, model: settings[.modelName])
        let file = settings[.modelKeyFile]
        if !file.isEmpty {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw Fault(description: "The file of CODINGAHEAD_MODEL_KEY_FILE, \(file), cannot be read.")
            }
            key = String(decoding: bytes, as: UTF8.self).trimmed
        }
        deadline = settings[.modelDeadline]
        replyTokens = settings[.modelReplyTokens]
        dayTokens = settings[.modelDayTokens]
        allowsCPT = settings[.modelCPT] == .allowed
    }

    /// For tests: an endpoint without settings.
    init(address: String, model: String) {
        self.address = address
        self.model = model
    }
}
