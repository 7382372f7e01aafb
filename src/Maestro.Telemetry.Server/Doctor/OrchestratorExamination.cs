using System.Globalization;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Each Orchestrator: reached, logged in, read; and how far its clock is from ours.</summary>
internal sealed class OrchestratorExamination(
    IOptions<GaiaSection> options, IOptions<IngestOptions> ingest, ILoggerFactory loggers) : IExamination
{
    private const string Clock = "clock";

    private static readonly TimeSpan Far = TimeSpan.FromSeconds(5);
    private static readonly DateTimeOffset Built = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Area => "orchestrators";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var orchestrators = options.Value.Orchestrators;
        if (orchestrators.Count == 0)
        {
            return
            [
                new(Area, Verdict.Warning, "No Orchestrator is configured: the server measures, forecasts, and changes nothing.",
                    "Name them in Maestro:Gaia:Orchestrators to scale."),
                OwnClock(),
            ];
        }

        var probes = await Task.WhenAll(orchestrators.Select(o => OrchestratorProbe.RunAsync(
            options.Value, o, TimeProvider.System, loggers, cancellationToken)));
        return [.. probes.Select(Reached), OwnClock(), .. probes.SelectMany(Offset)];
    }

    private Finding Reached(OrchestratorProbeResult probe) => probe.Problem is { } problem
        ? new(Area, Verdict.Failed, problem,
            $"Check address, certificate, user and password of Orchestrator {probe.Id} in Maestro:Gaia, and the way to it.")
        : new(Area, Verdict.Ok, $"Orchestrator {probe.Id} answers and lets us in; it knows {probe.Gateways} SGMs.");

    private static Finding OwnClock()
    {
        var now = TimeProvider.System.GetUtcNow();
        var told = string.Create(CultureInfo.InvariantCulture, $"This machine's clock says {now:yyyy-MM-dd HH:mm:ss} UTC.");
        return now > Built
            ? new(Clock, Verdict.Ok, told)
            : new(Clock, Verdict.Failed, told, "Set it, and let NTP keep it: samples are accepted or refused by their time.");
    }

    private IEnumerable<Finding> Offset(OrchestratorProbeResult probe)
    {
        if (probe.ClockOffset is not { } offset)
        {
            yield break;
        }

        var told = string.Create(
            CultureInfo.InvariantCulture, $"The clock of Orchestrator {probe.Id} is {offset.TotalSeconds:+0.0;-0.0} s from ours.");
        const string Remedy = "Let the same NTP servers keep both clocks.";
        var distance = offset.Duration();
        yield return distance > ingest.Value.MaxSampleLead && distance > Far
            ? new(Clock, Verdict.Failed, $"{told} Samples with its time are refused (Maestro:Ingest:MaxSampleLead).", Remedy)
            : distance > Far ? new(Clock, Verdict.Warning, told, Remedy)
            : new(Clock, Verdict.Ok, told);
    }
}
