import Lookup
import Runtime

@main
enum Main {
    static func main() async { await Program.main(.lookup, compose: LookupService.compose) }
}
