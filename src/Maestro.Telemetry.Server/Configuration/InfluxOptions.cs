using Maestro.Telemetry.Fabric;
using Maestro.Telemetry.Ports;
using Maestro.Telemetry.Storage.Influx;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>The InfluxDB server that telemetry is kept in.</summary>
public sealed class InfluxOptions
{
    /// <summary>The server's address.</summary>
    /// <value>The default is http://127.0.0.1:8086.</value>
    public string Url { get; set; } = "http://127.0.0.1:8086";

    /// <summary>The database; on 2.x the bucket, by the name that it is mapped to.</summary>
    /// <value>The default is maestro.</value>
    public string Database { get; set; } = "maestro";

    /// <summary>The retention policy that raw samples are in; empty for the database's default one.</summary>
    /// <value>The default is samples.</value>
    public string SamplesPolicy { get; set; } = "samples";

    /// <summary>The user whose password the secret is; empty when it is a token.</summary>
    public string User { get; set; } = "";

    /// <summary>A file with the password or the token; read again when the server refuses it.</summary>
    public string? SecretFile { get; set; }

    /// <summary>The name of an environment variable with the password or the token.</summary>
    public string? SecretEnvironmentVariable { get; set; }

    /// <summary>How long one request may take.</summary>
    /// <value>The default is 30 s; from 1 s to 10 min.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Points in one request.</summary>
    /// <value>The default is 5,000; from 1 to 10,000.</value>
    public int PointsPerRequest { get; set; } = 5_000;

    /// <summary>Requests under way at once.</summary>
    /// <value>The default is 2, which 1.x and 2.x want; 3.x wants 4 to 8. From 1 to 16.</value>
    public int ParallelRequests { get; set; } = 2;

    /// <summary>Whether requests are compressed.</summary>
    /// <value>The default is null: unless the server is on this machine, where it would only cost both sides CPU.</value>
    public bool? Compress { get; set; }

    internal void Check(string section, SettingErrors errors)
    {
        CheckUrl($"{section}:{nameof(Url)}", errors);
        errors.Required($"{section}:{nameof(Database)}", Database, "maestro");
        if (!string.IsNullOrEmpty(SecretFile) && !string.IsNullOrEmpty(SecretEnvironmentVariable))
        {
            errors.Add(
                $"{section}:{nameof(SecretFile)}", SecretFile, $"give it or {nameof(SecretEnvironmentVariable)}, not both.");
        }
        else if (!string.IsNullOrEmpty(SecretFile) && !File.Exists(SecretFile))
        {
            errors.Add($"{section}:{nameof(SecretFile)}", SecretFile, "there is no such file, or it may not be read.");
        }

        if (User.Length > 0 && string.IsNullOrEmpty(SecretFile) && string.IsNullOrEmpty(SecretEnvironmentVariable))
        {
            errors.Add(
                $"{section}:{nameof(User)}", User, $"its password must be in {nameof(SecretFile)} or {nameof(SecretEnvironmentVariable)}.");
        }

        errors.Range($"{section}:{nameof(Timeout)}", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        errors.Range($"{section}:{nameof(PointsPerRequest)}", PointsPerRequest, 1, 10_000);
        errors.Range($"{section}:{nameof(ParallelRequests)}", ParallelRequests, 1, 16);
    }

    /// <summary>What the store is opened with.</summary>
    public InfluxStoreOptions ToStore(RetentionPolicy retention, string fabric, Func<GatewaySerial, string?> siteOf) => new()
    {
        Url = new Uri(Url),
        Database = Database,
        SamplesPolicy = SamplesPolicy,
        User = User,
        SecretFile = SecretFile,
        SecretEnvironmentVariable = SecretEnvironmentVariable,
        Retention = retention,
        Fabric = fabric,
        SiteOf = siteOf,
        Timeout = Timeout,
        PointsPerRequest = PointsPerRequest,
        ParallelRequests = ParallelRequests,
        Compress = Compress,
    };

    private void CheckUrl(string key, SettingErrors errors)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            || url.Query.Length > 0)
        {
            errors.Add(key, Url, "it must be of the form http://HOST:8086 or https://HOST:8086.");
        }
        else if (url.UserInfo.Length > 0)
        {
            // Not shown: it may hold the password.
            errors.Add(key, "an address with a user", "leave user and password out of it; use User and SecretFile.");
        }
    }
}
