using System.Globalization;
using Maestro.Telemetry.Gaia;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>The Security Groups that nothing can be pushed from, and that are asked instead.</summary>
public sealed class PollingOptions : ISection
{
    /// <summary>Many times what an appliance with a thousand cores answers.</summary>
    internal const int MaxResponseBytes = 512 * 1_024;

    private const int MaxGroup = 1_000;
    private const string OfOne = GaiaOptions.SectionName + ":Orchestrators:0:";
    private const string OfAll = GaiaOptions.SectionName + ":";

    public static string SectionName => "Maestro:Polling";

    /// <summary>False asks nobody, whatever the targets are.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>From the start of one round of a group to the start of the next.</summary>
    /// <value>The default is 30 s; from 10 s to 10 min, and at most three times Maestro:Autoscaler:SampleInterval.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one answer may take.</summary>
    /// <value>The default is 10 s; from 1 s to 5 min.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Members of one group that are asked at once, each in a session of its own.</summary>
    /// <value>The default is 2; from 1 to 8.</value>
    public int Parallel { get; set; } = 2;

    /// <summary>The Gaia user, for targets that have none of their own; a user that may only read is enough.</summary>
    /// <value>The default is admin.</value>
    public string User { get; set; } = "admin";

    /// <summary>A file with the password, read at each login. Give this or the next, not both.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The name of an environment variable with the password.</summary>
    public string? PasswordEnvironmentVariable { get; set; }

    /// <summary>A PEM file with the authorities that sign the groups' certificates, trusted instead of the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>SHA-256 of the certificate to trust, for targets that have none of their own.</summary>
    public string? CertificateFingerprint { get; set; }

    public List<PollTargetOptions> Targets { get; set; } = [];

    public void Check(SettingErrors errors)
    {
        errors.Range(nameof(Interval), Interval, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
        errors.Range(nameof(Timeout), Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.Range(nameof(Parallel), Parallel, 1, 8);
        var groups = new HashSet<int>();
        foreach (var (i, target) in Targets.Index())
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{nameof(Targets)}:{i}:{nameof(target.Group)}");
            errors.Range(key, target.Group, 1, MaxGroup);
            if (!groups.Add(target.Group))
            {
                errors.Add(key, target.Group, "another target has this group; name each group once.");
            }
        }

        // What all targets share is wrong once, however many there are.
        errors.AddRange(Targets.Index().SelectMany(t => ConnectionErrors(t.Index, t.Item)).Distinct());
    }

    /// <summary>The connection is held to what that of an Orchestrator is held to, by the names of this section.</summary>
    private IEnumerable<string> ConnectionErrors(int index, PollTargetOptions target)
    {
        var own = string.Create(CultureInfo.InvariantCulture, $"{SectionName}:{nameof(Targets)}:{index}:");
        return GaiaOptionsValidator.Check(target.ToGaia(this))
            .Where(e => !e.Key.EndsWith(nameof(GaiaOptions.RequestTimeout), StringComparison.Ordinal))
            .Select(e => (e with { Key = KeyOf(e.Key) }).ToString());

        string KeyOf(string key)
        {
            if (key.StartsWith(OfOne, StringComparison.Ordinal))
            {
                return own + key[OfOne.Length..];
            }

            var name = key[OfAll.Length..];
            var isOwn = (name.StartsWith("Password", StringComparison.Ordinal) && target.HasPassword)
                || (name == nameof(User) && target.User is not null);
            return isOwn ? own + name : $"{SectionName}:{name}";
        }
    }
}
