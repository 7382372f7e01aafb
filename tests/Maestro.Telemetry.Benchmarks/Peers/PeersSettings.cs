namespace Maestro.Telemetry.Benchmarks.Peers;

/// <summary>What every collector is sent, and how.</summary>
internal sealed record PeersSettings
{
    /// <summary>Seconds of each: shows that it runs.</summary>
    public static PeersSettings Smoke { get; } = new()
    {
        Sgms = 40,
        SgmsPerRequest = 10,
        Rows = 80,
        WarmUpRows = 40,
        PacedSeconds = 1,
        PacedWarmUpSeconds = 1,
        PacedRate = 400,
        Streams = [20],
        LongestSettling = TimeSpan.FromSeconds(2),
    };

    /// <summary>Names of those that are measured; all when it is empty.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whose figures the others are divided by.</summary>
    public string Baseline { get; init; } = "influxdb";

    public int Sgms { get; init; } = 500;

    /// <summary>Rows of each SGM that are measured at full load.</summary>
    public int Rows { get; init; } = 1_000;

    /// <summary>Rows of each SGM before that.</summary>
    public int WarmUpRows { get; init; } = 400;

    /// <summary>Neighbouring SGMs whose rows go together.</summary>
    public int SgmsPerRequest { get; init; } = 125;

    /// <summary>Rows of each of them in a request.</summary>
    public int RowsPerRequest { get; init; } = 40;

    /// <summary>How long rows are sent at a pace.</summary>
    public int PacedSeconds { get; init; } = 10;

    /// <summary>How long before that, uncounted: code that handles single rows has not run until then.</summary>
    public int PacedWarmUpSeconds { get; init; } = 3;

    /// <summary>Rows per second then, of all SGMs together.</summary>
    public int PacedRate { get; init; } = 10_000;

    /// <summary>Numbers of open streams that memory is measured with.</summary>
    public IReadOnlyList<int> Streams { get; init; } = [1_000, 10_000];

    /// <summary>How long a server is waited for that still works on what it has acknowledged.</summary>
    public TimeSpan LongestSettling { get; init; } = TimeSpan.FromSeconds(20);

    public bool Json { get; init; }

    public int Lanes => (Sgms + SgmsPerRequest - 1) / SgmsPerRequest;

    /// <summary>Time between the rows of one SGM when they are sent at a pace.</summary>
    public TimeSpan PacedInterval => TimeSpan.FromSeconds((double)Sgms / PacedRate);

    public int PacedRows => RowsIn(PacedSeconds);

    public int PacedWarmUpRows => RowsIn(PacedWarmUpSeconds);

    public int AllRows => WarmUpRows + Rows + PacedWarmUpRows + PacedRows;

    private int RowsIn(int seconds) => (int)(seconds / PacedInterval.TotalSeconds);
}
