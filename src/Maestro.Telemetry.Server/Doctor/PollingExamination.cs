using System.Globalization;
using Maestro.Telemetry.Gaia;
using Maestro.Telemetry.Gaia.Diagnostics;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Doctor;

/// <summary>Each Security Group that is polled: reached, logged in, and asked once.</summary>
internal sealed class PollingExamination(IOptions<PollingOptions> options, ILoggerFactory loggers) : IExamination
{
    public string Area => "polling";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Targets.Count > 0 && !options.Value.Enabled)
        {
            return
            [
                new(Area, Verdict.Warning, "Groups to poll are named, and polling is switched off.",
                    "Set Maestro:Polling:Enabled, or take the targets out."),
            ];
        }

        return await Task.WhenAll(options.Value.Targets.Select(target => AskAsync(target, cancellationToken)));
    }

    private async Task<Finding> AskAsync(PollTargetOptions target, CancellationToken cancellationToken)
    {
        var group = target.Group.ToString(CultureInfo.InvariantCulture);
        await using var client = DiagnosticsClient.Create(
            target.ToGaia(options.Value), group, 1, TimeProvider.System, loggers);
        try
        {
            var reading = await client.ReadAsync(null, cancellationToken);
            return reading.MemoryProblem is { } problem
                ? new(Area, Verdict.Warning, problem, "The processor is measured without it; the memory stays unknown.")
                : new(Area, Verdict.Ok, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Security Group {group} answers and lets us in; its SMO is {reading.Cpu.MeanPercent:F0} % busy on {reading.Cpu.Cores.Length} cores."));
        }
        catch (GaiaException e)
        {
            return new(
                Area,
                Verdict.Failed,
                e.Message,
                $"Check address, certificate, user and password of group {group} in Maestro:Polling, and the way to it.");
        }
    }
}
