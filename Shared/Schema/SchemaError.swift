/// Why bytes or JSON do not fit the schema.
package enum SchemaError: Error, Sendable, Equatable {
    /// Bytes that are not a protobuf message; says what is wrong with them.
    case malformed(String)
    /// JSON, a query or a path that does not fit: the field in question (empty: the whole) and what to do.
    case invalid(field: String, reason: String)
    /// A message, service or method that the schema does not hold.
    case unknown(String)
}
