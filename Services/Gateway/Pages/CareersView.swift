import Contracts

/// CareerCenter, as `careers.mustache` takes it.
struct CareersView: Sendable {
    struct CredentialView: Sendable {
        let abbreviation: String
        let name: String
        let awardedBy: String
    }

    let credentials: [CredentialView]

    init(_ reply: JobsAPI.ListCredentialsReply) {
        credentials = reply.credentials.map { credential in
            CredentialView(
                abbreviation: credential.abbreviation, name: credential.name, awardedBy: credential.awardedBy)
        }
    }
}
