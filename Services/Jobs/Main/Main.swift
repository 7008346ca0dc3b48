import Jobs
import Runtime

@main
enum Main {
    static func main() async {
        await Program.main(.jobs, compose: JobsService.compose)
    }
}
