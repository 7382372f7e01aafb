namespace Maestro.Telemetry.Gaia;

/// <summary>Who is spoken to.</summary>
/// <param name="Name">As messages call it, for example Orchestrator 1_1.</param>
/// <param name="LeastApi">The oldest Gaia API that has the commands which are used there.</param>
/// <param name="Commands">What these are.</param>
internal sealed record GaiaPeer(string Name, Version LeastApi, string Commands)
{
    public static GaiaPeer Orchestrator(string id) => new($"Orchestrator {id}", new(1, 8), "the Maestro commands need");

    public static GaiaPeer SecurityGroup(string id) => new($"Security Group {id}", new(1, 6), "show-diagnostics needs");
}
