namespace Maestro.Telemetry.Benchmarks.Forecast;

/// <summary>A figure against what it must reach and what it should.</summary>
internal sealed record GateResult(string What, double Value, double Low, double High, double GoalLow, double GoalHigh)
{
    public bool Passed => Value >= Low && Value <= High;

    public bool ReachedGoal => Value >= GoalLow && Value <= GoalHigh;

    public static GateResult AtMost(string what, double value, double gate, double goal) =>
        new(what, value, double.NegativeInfinity, gate, double.NegativeInfinity, goal);

    public static GateResult Within(string what, double value, (double, double) gate, (double, double) goal) =>
        new(what, value, gate.Item1, gate.Item2, goal.Item1, goal.Item2);
}
