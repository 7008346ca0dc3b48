/// How many single-character insertions, deletions and replacements turn one text into another (Levenshtein).
/// - Complexity: O(a·b) in bytes; meant for names, not for texts.
func editDistance(_ a: String, _ b: String) -> Int {
    let a = Array(a.utf8.prefix(128))
    let b = Array(b.utf8.prefix(128))
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, right) in b.enumerated() {
            let replaced = diagonal + (left == right ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
