namespace Maestro.Telemetry.Cli.Demo;

/// <summary>How the demo is run.</summary>
internal sealed record DemoSettings
{
    /// <summary>Real time that the loop runs for; null until Ctrl+C.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>No live view.</summary>
    public bool Headless { get; init; }

    /// <summary>The summary as one JSON object on standard output, and nothing else there.</summary>
    public bool Json { get; init; }

    /// <summary>A recorded demand that drives <see cref="TraceGroup"/>.</summary>
    public FileInfo? Trace { get; init; }

    public int TraceGroup { get; init; } = 1;

    /// <summary>Simulated seconds per real second.</summary>
    public double Speed { get; init; } = 60;

    public TimeSpan History { get; init; } = TimeSpan.FromDays(14);

    public ulong Seed { get; init; } = 1;

    /// <summary>Where data is kept; null for a temporary directory that is deleted at the end.</summary>
    public string? Data { get; init; }

    /// <summary>An InfluxDB server that keeps the telemetry; null for SQLite.</summary>
    public Uri? InfluxDb { get; init; }

    /// <summary>Groups whose SGMs are polled, because they send nothing.</summary>
    public IReadOnlySet<int> Agentless { get; init; } = new HashSet<int>();

    public string GrpcAddress { get; init; } = "http://127.0.0.1:0";

    public string ConsoleAddress { get; init; } = "http://127.0.0.1:8080";
}
