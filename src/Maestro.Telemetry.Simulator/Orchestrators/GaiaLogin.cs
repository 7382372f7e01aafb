using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>Opens sessions for those who know the password.</summary>
internal sealed class GaiaLogin(OrchestratorOptions options, GaiaSessions sessions, TimeProvider time)
{
    // What the vendor's clients are told to ask for.
    private const int ShortestTimeout = 10;
    private const int LongestTimeout = 3_600;

    private long _lastLogin = time.GetUtcNow().UtcTicks;

    /// <param name="url">Where the API is, as the client reached it.</param>
    /// <exception cref="GaiaRefusal">The user or the password is wrong, or a parameter is.</exception>
    public JsonObject Run(GaiaArguments arguments, string url)
    {
        arguments.Allow(
            "user", "password", "session-timeout", "read-only", "virtual-system-id", "member-id", "verification-code");
        var user = arguments.RequiredText("user");
        var password = arguments.RequiredText("password");
        var timeout = arguments.Number("session-timeout") ?? options.SessionTimeoutSeconds;
        if (timeout is < ShortestTimeout or > LongestTimeout)
        {
            throw GaiaRefusal.Invalid(
                "session-timeout", $"The value must be from {ShortestTimeout} to {LongestTimeout}");
        }

        if (password != options.Password || (user != options.User && user != options.ReadOnlyUser))
        {
            throw new GaiaRefusal(403, "err_login_failed", "Authentication to server failed.");
        }

        var readOnly = user == options.ReadOnlyUser || arguments.Flag("read-only");
        var session = sessions.Open(TimeSpan.FromSeconds(timeout), readOnly);
        var last = Interlocked.Exchange(ref _lastLogin, time.GetUtcNow().UtcTicks);
        return new()
        {
            ["sid"] = session.Id,
            ["url"] = url,
            ["session-timeout"] = timeout,
            ["read-only"] = readOnly,
            ["api-server-version"] = GaiaCommands.Version,
            ["last-login-was-at"] = GaiaJson.Time(new(last, TimeSpan.Zero)),
        };
    }
}
