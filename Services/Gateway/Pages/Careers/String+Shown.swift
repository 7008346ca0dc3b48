extension String {
    /// Nil when there is nothing to show: a section of a template is left out for nil, not for an empty text.
    var shown: String? { isEmpty ? nil : self }
}
