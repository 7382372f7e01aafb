namespace Maestro.Telemetry.Agent;

/// <summary>How the values of a trace become the load of one SGM.</summary>
public sealed class TraceSourceOptions
{
    /// <summary>
    /// CPU of one SGM if it carried the trace's peak alone, percent. Divided by <see cref="Members"/>.
    /// </summary>
    /// <value>The default is 60; from 0.1 to 100 times the members.</value>
    public double PeakBusyPercent { get; set; } = 60;

    /// <summary>Traffic of one SGM if it carried the trace's peak alone, bits per second. Divided likewise.</summary>
    /// <value>The default is 5 Gbit/s; from 1 to 1e15.</value>
    public double PeakBitsPerSecond { get; set; } = 5e9;

    /// <summary>SGMs that share the demand evenly; the source speaks for one of them.</summary>
    /// <value>The default is 1; from 1 to 28.</value>
    public int Members { get; set; } = 1;

    /// <summary>Whether the trace begins again when it is over. If not, nothing is reported after its end.</summary>
    /// <value>The default is true.</value>
    public bool Loop { get; set; } = true;

    /// <summary>Whether the trace's first point falls on the first reading, instead of on its own timestamp.</summary>
    /// <value>The default is true.</value>
    public bool StartNow { get; set; } = true;

    /// <summary>What is wrong with the values, one sentence each; empty when nothing is.</summary>
    /// <param name="prefix">What stands before the name of an option in its key, for example "Trace:".</param>
    public IReadOnlyList<string> Validate(string prefix = "") =>
    [
        .. Ranges.Check(prefix + nameof(Members), Members, 1, 28),
        .. Ranges.Check(prefix + nameof(PeakBusyPercent), PeakBusyPercent, 0.1, 100.0 * Math.Clamp(Members, 1, 28)),
        .. Ranges.Check(prefix + nameof(PeakBitsPerSecond), PeakBitsPerSecond, 1, 1e15),
    ];
}
