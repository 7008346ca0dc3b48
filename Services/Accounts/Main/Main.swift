import Accounts
import Runtime

@main
enum Main {
    static func main() async { await Program.main(.accounts, compose: AccountsService.compose) }
}
