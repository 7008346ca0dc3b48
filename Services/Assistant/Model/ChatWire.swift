import Foundation

/// The JSON of a chat completion, as far as this desk needs it.
enum ChatWire {
    private struct Request: Encodable {
        struct Message: Encodable {
            var role: String
            var content: String
        }

        var model: String
        var messages: [Message]
        var temperature = 0.0
        var maxTokens: Int
        var stream = false

        enum CodingKeys: String, CodingKey {
            case model, messages, temperature, stream
            case maxTokens = "max_tokens"
        }
    }

    private struct Reply: Decodable {
        struct Choice: Decodable {
            struct Message: Decodable {
                var content: String?
            }

            var message: Message
        }

        struct Usage: Decodable {
            var totalTokens: Int?

            enum CodingKeys: String, CodingKey {
                case totalTokens = "total_tokens"
            }
        }

        var choices: [Choice]
        var usage: Usage?
    }

    /// The body of a request.
    static func request(_ prompt: ModelPrompt, _ endpoint: ChatEndpoint) throws -> String {
        let request = Request(
            model: endpoint.model,
            messages: [
                Request.Message(role: "system", content: prompt.rules),
                Request.Message(role: "user", content: prompt.request),
            ], maxTokens: endpoint.replyTokens)
        return String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    }

    /// What a reply says, and the tokens that it says were used.
    /// - Returns: nil when it is none.
    static func reply(_ bytes: [UInt8]) -> (text: String, tokens: Int?)? {
        do {
            let reply = try JSONDecoder().decode(Reply.self, from: Data(bytes))
            guard let text = reply.choices.first?.message.content, !text.isEmpty else { return nil }
            return (text, reply.usage?.totalTokens.map { max(0, $0) })
        } catch {
            return nil
        }
    }
}
