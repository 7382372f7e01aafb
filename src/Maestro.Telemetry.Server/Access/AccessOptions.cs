using System.Globalization;
using Maestro.Telemetry.Server.Configuration;

namespace Maestro.Telemetry.Server.Access;

/// <summary>Who may call, beside those with a token.</summary>
public sealed class AccessOptions : ISection
{
    public static string SectionName => "Maestro:Access";

    /// <summary>Whether every caller has to say who it is.</summary>
    /// <value>The default is none: required as soon as anything listens off loopback.</value>
    public bool? Required { get; set; }

    /// <summary>People and programs with a password, for those that can do nothing but Basic authentication.</summary>
    public List<AccessUser> Users { get; set; } = [];

    /// <summary>Which client certificates stand for whom; see Maestro:Server:Tls:ClientCaFile.</summary>
    public List<CertificateCaller> Certificates { get; set; } = [];

    /// <summary>Failed log-ins from one address before more are refused unseen.</summary>
    /// <value>The default is 10; from 1 to 1000.</value>
    public int FailuresAllowed { get; set; } = 10;

    /// <summary>The time in which <see cref="FailuresAllowed"/> failures are forgiven.</summary>
    /// <value>The default is 1 minute; from 1 second to 1 hour.</value>
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a log-in at the console lasts.</summary>
    /// <value>The default is 12 hours; from 1 minute to 30 days.</value>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    public void Check(SettingErrors errors)
    {
        foreach (var (i, user) in Users.Index())
        {
            user.Check(string.Create(CultureInfo.InvariantCulture, $"{nameof(Users)}:{i}"), errors);
        }

        foreach (var (i, certificate) in Certificates.Index())
        {
            certificate.Check(string.Create(CultureInfo.InvariantCulture, $"{nameof(Certificates)}:{i}"), errors);
        }

        Unique(nameof(Users), Users.Select(u => u.Name), errors);
        Unique(nameof(Certificates), Certificates.Select(c => c.Subject), errors);
        errors.Range(nameof(FailuresAllowed), FailuresAllowed, 1, 1_000);
        errors.Range(nameof(FailureWindow), FailureWindow, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range(nameof(SessionLifetime), SessionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
    }

    private static void Unique(string key, IEnumerable<string> names, SettingErrors errors)
    {
        foreach (var name in names.CountBy(n => n, StringComparer.Ordinal).Where(n => n.Value > 1 && n.Key.Length > 0))
        {
            errors.Add(key, name.Key, $"it is there {name.Value} times; leave one.");
        }
    }
}
