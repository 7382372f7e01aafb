using System.Globalization;
using Maestro.Telemetry.Server.Access;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What must hold between sections that are each right by themselves.</summary>
internal static class CrossChecks
{
    public static IEnumerable<string> Run(IServiceProvider services)
    {
        if (Usable<StorageOptions>(services) is { } storage && Usable<IngestOptions>(services) is { } ingest)
        {
            foreach (var error in KeepLongerThanTaken(storage, ingest))
            {
                yield return error;
            }
        }

        if (Usable<FabricOptions>(services) is { } stated && Usable<GaiaSection>(services) is { } gaia)
        {
            foreach (var error in StateWhatIsThere(stated, gaia))
            {
                yield return error;
            }
        }

        if (Usable<PollingOptions>(services) is { } polling && Usable<AutoscalerOptions>(services) is { } expecting)
        {
            foreach (var error in AskOftenEnough(polling, expecting))
            {
                yield return error;
            }
        }

        if (Usable<ServerOptions>(services) is { } server && Usable<AccessOptions>(services) is { } access)
        {
            foreach (var error in AskWhoCalls(server, access))
            {
                yield return error;
            }
        }

        if (Usable<AutoscalerOptions>(services) is { } autoscaler && Usable<FabricOptions>(services) is { } fabric)
        {
            foreach (var error in SeeFarEnough(autoscaler, fabric))
            {
                yield return error;
            }
        }
    }

    // Of an Orchestrator that nobody talks to, nothing can be checked.
    private static IReadOnlyList<string> StateWhatIsThere(FabricOptions fabric, GaiaSection gaia)
    {
        var errors = new SettingErrors(FabricOptions.SectionName);
        var known = gaia.Orchestrators.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (i, orchestrator) in fabric.Orchestrators.Index().Where(o => !known.Contains(o.Item.Id)))
        {
            errors.Add(
                string.Create(CultureInfo.InvariantCulture, $"{nameof(fabric.Orchestrators)}:{i}:{nameof(orchestrator.Id)}"),
                orchestrator.Id,
                $"it must be the Id of one of {GaiaSection.SectionName}:{nameof(gaia.Orchestrators)}.");
        }

        return errors.All;
    }

    // A sample is usable for five intervals: one poll may be late, and a second one may fail.
    private static IReadOnlyList<string> AskOftenEnough(PollingOptions polling, AutoscalerOptions autoscaler)
    {
        var errors = new SettingErrors(PollingOptions.SectionName);
        if (polling.Enabled && polling.Targets.Count > 0 && polling.Interval > 3 * autoscaler.SampleInterval)
        {
            errors.Add(nameof(polling.Interval), polling.Interval, string.Create(
                CultureInfo.InvariantCulture,
                $"it must be at most three times {AutoscalerOptions.SectionName}:{nameof(autoscaler.SampleInterval)}, "
                + $"{autoscaler.SampleInterval}, or the SGMs count as silent between two polls."));
        }

        return errors.All;
    }

    private static IReadOnlyList<string> AskWhoCalls(ServerOptions server, AccessOptions access)
    {
        var errors = new SettingErrors(AccessOptions.SectionName);
        if (access.Required is false && server.IsOffLoopback)
        {
            errors.Add(
                nameof(access.Required),
                access.Required,
                $"whoever reaches {ServerOptions.SectionName} from another machine has to say who it is; take the setting "
                + "out, or listen on loopback only.");
        }

        if (access.Certificates.Count > 0 && server.Tls.ClientCaFile.Length == 0)
        {
            errors.Add(
                nameof(access.Certificates),
                access.Certificates.Count,
                $"name who signs them in {ServerOptions.SectionName}:{nameof(server.Tls)}:{nameof(server.Tls.ClientCaFile)}.");
        }

        return errors.All;
    }

    private static IReadOnlyList<string> KeepLongerThanTaken(StorageOptions storage, IngestOptions ingest)
    {
        var errors = new SettingErrors(StorageOptions.SectionName);
        if (storage.KeepSamples > TimeSpan.Zero && storage.KeepSamples <= ingest.MaxSampleAge)
        {
            errors.Add(nameof(storage.KeepSamples), storage.KeepSamples, string.Create(
                CultureInfo.InvariantCulture,
                $"it must be above {IngestOptions.SectionName}:{nameof(ingest.MaxSampleAge)}, {ingest.MaxSampleAge}, "
                + $"or 0: a sample that is sent again after its deletion would count twice in the roll-ups."));
        }

        return errors.All;
    }

    private static IReadOnlyList<string> SeeFarEnough(AutoscalerOptions autoscaler, FabricOptions fabric)
    {
        var errors = new SettingErrors(AutoscalerOptions.SectionName);
        var needed = fabric.Groups.Index()
            .SelectMany(g => new[]
            {
                (g.Index, Key: nameof(GroupOptions.ScaleInHorizon), Value: g.Item.ScaleInHorizon),
                (g.Index, Key: nameof(GroupOptions.LeadTime), Value: g.Item.LeadTime),
            })
            .DefaultIfEmpty()
            .MaxBy(n => n.Value);
        if (autoscaler.Horizon < needed.Value)
        {
            errors.Add(nameof(autoscaler.Horizon), autoscaler.Horizon, string.Create(
                CultureInfo.InvariantCulture,
                $"it must be at least {FabricOptions.SectionName}:Groups:{needed.Index}:{needed.Key}, {needed.Value}: "
                + $"a forecast says nothing beyond its horizon."));
        }

        return errors.All;
    }

    // What a section has wrong is told by its own check.
    private static T? Usable<T>(IServiceProvider services)
        where T : class
    {
        try
        {
            return services.GetRequiredService<IOptions<T>>().Value;
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }
}
