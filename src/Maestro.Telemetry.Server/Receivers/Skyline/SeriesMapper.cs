using System.Globalization;
using Maestro.Telemetry.Series;
using Maestro.Telemetry.Server.Configuration;
using Maestro.Telemetry.Server.Receivers.Intake;

namespace Maestro.Telemetry.Server.Receivers.Skyline;

/// <summary>Reads off the labels of a series what becomes of it. Pure: the same labels give the same.</summary>
internal sealed class SeriesMapper(MappingTable table, IOptions<ReceiverOptions> options)
{
    private const int MaxCore = 65_535;
    private const int MaxLabels = 128;
    private const int MaxLabelLength = 4_096;

    // Skyline: one namespace per virtual system. Anything else under this name is of no virtual system.
    private const string VirtualSystemLabel = "service_namespace";
    private const string VirtualSystemPrefix = "vs_id_";

    private readonly string[] _serial = Alternatives.Split(options.Value.SerialLabels);
    private readonly string[] _group = Alternatives.Split(options.Value.GroupLabels);
    private readonly string[] _site = Alternatives.Split(options.Value.SiteLabels);
    private readonly string[] _member = Alternatives.Split(options.Value.MemberLabels);
    private readonly string[] _host = Alternatives.Split(options.Value.HostLabels);

    /// <param name="series">What the sender says of it.</param>
    /// <param name="memberOf">The one object that there is of a member.</param>
    public KnownSeries Map(SeriesDescription series, Func<MemberIdentity, KnownMember> memberOf)
    {
        if (table.RulesOf(series.Metric) is not [_, ..] rules)
        {
            return Leave(IgnoredReason.NotMapped);
        }

        if (series.Labels.Count > MaxLabels || series.Labels.Any(l => l.Value.Length > MaxLabelLength))
        {
            return Refuse(RefusalReason.Oversized, series, FormattableString.Invariant(
                $"has {series.Labels.Count} labels; at most {MaxLabels} of at most {MaxLabelLength} characters are read."));
        }

        if (rules.FirstOrDefault(r => r.Takes(series)) is not { Target: not MetricTarget.None } rule)
        {
            return Leave(IgnoredReason.NotMapped);
        }

        if (!rule.AllVirtualSystems && IsOtherVirtualSystem(series.Find(VirtualSystemLabel)))
        {
            return Leave(IgnoredReason.OtherVirtualSystem);
        }

        var identity = Identify(series);
        if (rule.OwnMemberOnly && !identity.IsSelf(series.Find("id"), series.Find("name")))
        {
            return Leave(IgnoredReason.OtherMember);
        }

        if (series.IsDelta)
        {
            return Refuse(RefusalReason.Shape, series, "has delta temporality; set its exporter to cumulative.");
        }

        var core = default(CoreId);
        return rule.Target == MetricTarget.CpuCoreBusyPercent && !TryCore(series, out core)
            ? Refuse(RefusalReason.Shape, series, FormattableString.Invariant(
                $"has the label cpu '{Shorten(series.Find("cpu"))}'; it must be a core's number up to {MaxCore}."))
            : new KnownSeries
            {
                Member = memberOf(identity),
                Rule = rule,
                Factor = rule.FactorOf(series.Unit),
                Core = core,
                Part = string.Join('\u001F', rule.By.Select(series.Find)),
            };
    }

    private MemberIdentity Identify(SeriesDescription series)
    {
        return MemberIdentity.Of(First(_serial), First(_group), First(_site), First(_member), First(_host));

        string? First(string[] labels)
        {
            foreach (var label in labels)
            {
                if (series.Find(label) is { } value)
                {
                    return value;
                }
            }

            return null;
        }
    }

    private static bool IsOtherVirtualSystem(string? name) =>
        name is not null
        && name.StartsWith(VirtualSystemPrefix, StringComparison.OrdinalIgnoreCase)
        && !name.AsSpan(VirtualSystemPrefix.Length).SequenceEqual("0");

    // "7" of Skyline, "cpu7" of the OpenTelemetry Collector.
    private static bool TryCore(SeriesDescription series, out CoreId core)
    {
        var digits = series.Find("cpu").AsSpan();
        if (digits.StartsWith("cpu", StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[3..];
        }

        var isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        core = new CoreId(number, TypeOf(series.Find("type")));
        return isNumber && number <= MaxCore;
    }

    private static CoreType TypeOf(string? role) => role switch
    {
        null => CoreType.Unspecified,
        _ when role.Contains("snd", StringComparison.OrdinalIgnoreCase) => CoreType.Snd,
        _ when role.Contains("fw", StringComparison.OrdinalIgnoreCase) => CoreType.Fw,
        _ => CoreType.Other,
    };

    private static KnownSeries Leave(IgnoredReason reason) => new() { Ignored = reason };

    private static KnownSeries Refuse(RefusalReason reason, SeriesDescription series, string what) =>
        new() { Unusable = (reason, $"A series of {series.Metric} {what}") };

    private static string? Shorten(string? text) => text is { Length: > 64 } ? text[..64] : text;
}
