using System.Globalization;
using System.Text.Json;
using Maestro.Telemetry.Cli.Replays.Import;

namespace Maestro.Telemetry.Cli.Replays.Scenarios;

/// <summary>Reads a scenario: groups on one site, each with its own trace, policy and join times.</summary>
internal static class ScenarioFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private static readonly Dictionary<string, bool> Alignments = new() { ["time"] = false, ["weeks"] = true };

    /// <summary>Reads the file and the traces that it names; paths are relative to it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">What holds where the file says nothing.</param>
    /// <exception cref="FormatException">All that is wrong with it, a line each.</exception>
    public static ReplayPlan Read(string file, ReplaySettings settings)
    {
        using var json = Parse(file);
        var errors = new List<string>();
        var fields = new ScenarioFields(json.RootElement, string.Empty, errors);
        var import = new ImportOptions
        {
            Step = fields.Duration("step") ?? settings.Step,
            From = fields.Time("from") ?? settings.From,
            To = fields.Time("to") ?? settings.To,
        };
        settings = settings with
        {
            Train = fields.Duration("train") ?? settings.Train,
            Hard = fields.Number("hardUtilization", 0.01, 1) ?? settings.Hard,
            Pool = fields.Whole("pool", 0, 10_000) ?? settings.Pool,
            JoinsTogether = fields.Flag("joinsTogether") ?? settings.JoinsTogether,
            Seed = (ulong?)fields.Whole("seed", 0, int.MaxValue) ?? settings.Seed,
        };
        var weeks = fields.Choice("align", Alignments) ?? false;
        var reader = new ScenarioGroups(Path.GetDirectoryName(Path.GetFullPath(file))!, settings, import);
        var groups = fields.Each("groups").Select(reader.Read).ToList();
        fields.Done();
        if (groups.Count == 0 && errors.Count == 0)
        {
            errors.Add("groups is missing; name at least one group with its trace.");
        }

        errors.AddRange(groups.OfType<ReplayGroupPlan>().CountBy(static g => g.Name).Where(static n => n.Value > 1)
            .Select(static n => string.Create(
                CultureInfo.InvariantCulture, $"{n.Value} groups are called '{n.Key}'; give each a name of its own.")));
        return errors.Count == 0
            ? new(settings, Aligned([.. groups.OfType<ReplayGroupPlan>()], weeks))
            : throw new FormatException(string.Join('\n', errors.Select(error => $"{file}: {error}")));
    }

    private static JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
        }
        catch (JsonException e)
        {
            var problem = $"it is not JSON ({e.Message.TrimEnd('.')})";
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"{file}: line {e.LineNumber + 1}: {problem}."), e);
        }
    }

    private static List<ReplayGroupPlan> Aligned(List<ReplayGroupPlan> groups, bool weeks) => !weeks
        ? groups
        : [.. groups.Select(g => g with { Series = TraceGrid.MoveByWeeks(g.Series, groups[0].Series.Start) })];
}
