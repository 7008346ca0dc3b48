import Gateway
import Runtime

@main
enum Main {
    static func main() async { await Program.main(.gateway, compose: GatewayService.compose) }
}
