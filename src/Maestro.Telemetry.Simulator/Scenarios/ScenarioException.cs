namespace Maestro.Telemetry.Simulator.Scenarios;

/// <summary>A scenario that cannot be simulated.</summary>
public sealed class ScenarioException(IReadOnlyList<string> problems, Exception? inner = null)
    : Exception(string.Join(Environment.NewLine, problems), inner)
{
    /// <summary>One sentence for each reason, with the field and the value.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
