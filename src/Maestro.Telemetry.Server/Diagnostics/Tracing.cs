using System.Diagnostics;

namespace Maestro.Telemetry.Server.Diagnostics;

/// <summary>The service's own spans. Where nobody listens they cost nothing and are null.</summary>
internal static class Tracing
{
    public const string SourceName = "Maestro.Telemetry";

    private static readonly ActivitySource Source = new(SourceName, ProductVersion.Current);

    /// <summary>Observe, decide, record, act, once.</summary>
    public static Activity? Plan() => Source.StartActivity("plan");

    /// <summary>Forecasts of all groups, once.</summary>
    public static Activity? Forecast() => Source.StartActivity("forecast");

    /// <summary>One write to the store.</summary>
    public static Activity? Commit() => Source.StartActivity("commit");

    /// <summary>One command on its way to the Orchestrator.</summary>
    public static Activity? Apply(string id, string kind, string serial) => Source.StartActivity("apply")
        ?.SetTag("maestro.command.id", id)
        .SetTag("maestro.command.kind", kind)
        .SetTag("maestro.sgm.serial", serial);
}
