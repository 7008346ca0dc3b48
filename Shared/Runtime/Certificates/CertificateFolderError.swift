/// Why certificates were not made; says what to do.
package enum CertificateFolderError: Error, Equatable, CustomStringConvertible {
    /// Something is there that would be overwritten.
    case present(path: String, names: [String])
    case noAuthority(path: String)
    /// The authority would expire before what it signs.
    case authorityExpires(path: String, days: Int)
    case unwritable(path: String)

    package var description: String {
        switch self {
        case .present(let path, let names):
            "\(path) holds \(names.joined(separator: ", ")) already. Nothing was written. "
                + "Make new certificates with --renew, or choose another --folder."
        case .noAuthority(let path):
            "\(path)/authority holds no authority that can be read. Run without --renew to make one."
        case .authorityExpires(let path, let days):
            "The authority in \(path)/authority expires in \(days) days, before the certificates would. "
                + "Ask for fewer --days, or make a new authority in another --folder."
        case .unwritable(let path): "\(path) cannot be written. Change the folder's owner or mode."
        }
    }
}
