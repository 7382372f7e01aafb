using System.Globalization;
using Maestro.Telemetry.Scaling;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>A floor that holds every week on the given days between two local times, as it is configured.</summary>
public sealed class ScheduleOptions
{
    private const string TimeFormat = "HH:mm";

    public string Name { get; set; } = "";

    /// <summary>SGMs to have at least while it holds.</summary>
    public int Minimum { get; set; } = 1;

    /// <summary>The days on which it begins; every day when none is given.</summary>
    public List<DayOfWeek> Days { get; set; } = [];

    /// <summary>Local time at which the capacity must serve, HH:mm.</summary>
    public string From { get; set; } = "";

    /// <summary>Local time of the end, HH:mm; at or before From means the next day.</summary>
    public string To { get; set; } = "";

    /// <summary>The IANA time zone, for example Europe/Berlin.</summary>
    public string Zone { get; set; } = "";

    public void Check(string key, int maximum, SettingErrors errors)
    {
        errors.Required($"{key}:Name", Name, "'business hours'");
        errors.Range($"{key}:Minimum", Minimum, 1, maximum);
        foreach (var (name, value) in new[] { (nameof(From), From), (nameof(To), To) })
        {
            if (!TimeOnly.TryParseExact(value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                errors.Add($"{key}:{name}", value, "it must be a local time of the form 08:30.");
            }
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
        {
            errors.Add($"{key}:Zone", Zone, "it must be an IANA time zone, for example Europe/Berlin.");
        }
    }

    public ScalingSchedule ToSchedule() => new()
    {
        Name = Name,
        Minimum = Minimum,
        Days = Days.Count == 0 ? Enum.GetValues<DayOfWeek>() : [.. Days],
        From = TimeOnly.ParseExact(From, TimeFormat, CultureInfo.InvariantCulture),
        To = TimeOnly.ParseExact(To, TimeFormat, CultureInfo.InvariantCulture),
        Zone = TimeZoneInfo.FindSystemTimeZoneById(Zone),
    };
}
