/// What an employer must be.
package enum EmployerRules {
    private enum Limit {
        static let name = 100
        static let about = 5_000
    }

    /// Domains at which anybody gets an address: owning one proves nothing about an employer.
    package static let freeMailDomains: Set<String> = [
        "aol.com", "att.net", "bellsouth.net", "comcast.net", "cox.net", "fastmail.com", "gmail.com", "gmx.com",
        "gmx.net",
        "googlemail.com", "hey.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "me.com",
        "msn.com",
        "outlook.com", "pm.me", "proton.me", "protonmail.com", "rocketmail.com", "sbcglobal.net", "tutanota.com",
        "verizon.net", "yahoo.com", "yandex.com", "ymail.com", "zoho.com",
    ]

    /// A domain in lower case.
    ///
    /// - Throws: `EmployerError`: `invalid`, `freeMail`.
    package static func domain(_ text: String) throws(EmployerError) -> String {
        let domain = text.lowercased()
        guard ApplyTarget.isDomain(Array(domain.utf8)[...]) else {
            throw .invalid(FieldFault("domain", "Write the domain as example.org."))
        }
        guard !freeMailDomains.contains(domain) else { throw .freeMail }
        return domain
    }

    /// - Throws: `EmployerError.invalid`.
    package static func name(_ name: String) throws(EmployerError) -> String {
        guard !name.isEmpty, name.unicodeScalars.count <= Limit.name else {
            throw .invalid(FieldFault("name", "A name of at most \(Limit.name) characters."))
        }
        return name
    }

    /// A site of the domain, or nothing.
    ///
    /// - Throws: `EmployerError.invalid`.
    package static func website(_ link: String, domain: String) throws(EmployerError) -> String {
        if link.isEmpty { return "" }
        guard ApplyTarget.isLink(link), let host = ApplyTarget.domain(of: link),
            host == domain || host.hasSuffix("." + domain)
        else { throw .invalid(FieldFault("website", "Write a link to a page of \(domain).")) }
        return link
    }

    /// - Throws: `EmployerError.invalid`.
    package static func about(_ text: String) throws(EmployerError) -> String {
        guard text.unicodeScalars.count <= Limit.about else {
            throw .invalid(FieldFault("about", "At most \(Limit.about) characters."))
        }
        return text
    }
}
