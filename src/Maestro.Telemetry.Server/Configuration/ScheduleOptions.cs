using System.Globalization;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>
/// What holds every week on the given days between two local times, or once between two local moments, as it is
/// configured.
/// </summary>
public sealed class ScheduleOptions
{
    private const string TimeFormat = "HH:mm";
    private const string MomentFormat = "yyyy-MM-dd'T'HH:mm";

    public string Name { get; set; } = "";

    /// <summary>Floor, Ceiling, Exact, Freeze or Window.</summary>
    public ScheduleKind Kind { get; set; }

    /// <summary>SGMs to have at least while a floor holds.</summary>
    public int Minimum { get; set; } = 1;

    /// <summary>SGMs to have at most while a ceiling holds.</summary>
    public int? Maximum { get; set; }

    /// <summary>SGMs to have while it holds, of kind Exact.</summary>
    public int? Members { get; set; }

    /// <summary>The days on which it begins; every day when none is given.</summary>
    public List<DayOfWeek> Days { get; set; } = [];

    /// <summary>Local time at which it begins, HH:mm; a floor's capacity serves by then.</summary>
    public string From { get; set; } = "";

    /// <summary>Local time of the end, HH:mm; at or before From means the next day.</summary>
    public string To { get; set; } = "";

    /// <summary>In place of From, To and Days: the local moment at which it begins, once, 2026-12-24T18:00.</summary>
    public string Start { get; set; } = "";

    /// <summary>The local moment of the end, with Start.</summary>
    public string End { get; set; } = "";

    /// <summary>The IANA time zone, for example Europe/Berlin.</summary>
    public string Zone { get; set; } = "";

    /// <summary>Whether a freeze lets a group above its hard limit grow all the same.</summary>
    public bool AllowEmergency { get; set; }

    private bool IsOnce => Start.Length > 0 || End.Length > 0;

    public void Check(string key, int maximum, SettingErrors errors)
    {
        errors.Required($"{key}:Name", Name, "'business hours'");
        if (!Enum.IsDefined(Kind))
        {
            errors.Add($"{key}:Kind", Kind, "it must be Floor, Ceiling, Exact, Freeze or Window.");
        }

        CheckMembers(key, maximum, errors);
        CheckTimes(key, errors);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            errors.Add($"{key}:Zone", Zone, "it must be an IANA time zone, for example Europe/Berlin.");
        }

        if (AllowEmergency && Kind != ScheduleKind.Freeze)
        {
            errors.Add($"{key}:AllowEmergency", AllowEmergency, "it is for the kind Freeze only.");
        }
    }

    public ScalingSchedule ToSchedule() => new()
    {
        Name = Name,
        Kind = Kind,
        Minimum = Kind == ScheduleKind.Exact ? Members ?? 1 : Minimum,
        Maximum = (Kind == ScheduleKind.Exact ? Members : Maximum) ?? int.MaxValue,
        Days = Days.Count == 0 ? Enum.GetValues<DayOfWeek>() : [.. Days],
        From = IsOnce ? default : TimeOnly.ParseExact(From, TimeFormat, CultureInfo.InvariantCulture),
        To = IsOnce ? default : TimeOnly.ParseExact(To, TimeFormat, CultureInfo.InvariantCulture),
        Start = IsOnce ? Moment(Start) : null,
        End = IsOnce ? Moment(End) : null,
        Zone = TimeZoneInfo.FindSystemTimeZoneById(Zone),
        AllowEmergency = AllowEmergency,
    };

    private void CheckMembers(string key, int maximum, SettingErrors errors)
    {
        switch (Kind)
        {
            case ScheduleKind.Floor:
                errors.Range($"{key}:Minimum", Minimum, 1, maximum);
                break;
            case ScheduleKind.Ceiling when Maximum is { } ceiling:
                errors.Range($"{key}:Maximum", ceiling, 1, maximum);
                break;
            case ScheduleKind.Ceiling:
                errors.Add($"{key}:Maximum", Maximum, "it must be set, for example 6.");
                break;
            case ScheduleKind.Exact when Members is { } members:
                errors.Range($"{key}:Members", members, 1, maximum);
                break;
            case ScheduleKind.Exact:
                errors.Add($"{key}:Members", Members, "it must be set, for example 6.");
                break;
            default:
                break;
        }
    }

    private void CheckTimes(string key, SettingErrors errors)
    {
        if (!IsOnce)
        {
            foreach (var (name, value) in new[] { (nameof(From), From), (nameof(To), To) })
            {
                if (!TimeOnly.TryParseExact(value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                {
                    errors.Add($"{key}:{name}", value, "it must be a local time of the form 08:30.");
                }
            }

            return;
        }

        foreach (var (name, value) in new[] { (nameof(Start), Start), (nameof(End), End) })
        {
            if (!TryMoment(value, out _))
            {
                errors.Add($"{key}:{name}", value, "it must be a local moment of the form 2026-12-24T18:00.");
            }
        }

        if (TryMoment(Start, out var start) && TryMoment(End, out var end) && end <= start)
        {
            errors.Add($"{key}:End", End, $"it must be after Start, {Start}.");
        }

        if (From.Length > 0 || To.Length > 0 || Days.Count > 0)
        {
            errors.Add($"{key}:Start", Start, "it stands in place of From, To and Days; leave those out.");
        }
    }

    private static DateTime Moment(string text) => DateTime.ParseExact(text, MomentFormat, CultureInfo.InvariantCulture);

    private static bool TryMoment(string text, out DateTime moment) =>
        DateTime.TryParseExact(text, MomentFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment);
}
