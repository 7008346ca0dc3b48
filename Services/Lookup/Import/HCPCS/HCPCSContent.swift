/// Which half of a HCPCS file is wanted: it holds two code sets, and an edition holds one.
package enum HCPCSContent: Sendable {
    case codes, modifiers
}
