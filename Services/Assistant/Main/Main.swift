import Assistant
import Runtime

@main
enum Main {
    static func main() async {
        await Program.main(.assistant, compose: AssistantService.compose)
    }
}
