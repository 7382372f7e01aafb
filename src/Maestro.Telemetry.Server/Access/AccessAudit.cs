using System.Diagnostics.Metrics;
using System.Net;

namespace Maestro.Telemetry.Server.Access;

/// <summary>
/// Tells who was refused and who logged in: who, from where, what, with which result, and never a secret. After the
/// failure that blocks an address, its log-ins are counted and not told one by one, so that nobody can fill the log.
/// </summary>
internal sealed partial class AccessAudit
{
    private const int LongestName = 64;
    private const string Meter = "Maestro.Telemetry.Access";

    private readonly FailureThrottle _throttle;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _sessions;
    private readonly ILogger _logger;

    public AccessAudit(FailureThrottle throttle, IMeterFactory meters, ILoggerFactory loggers)
    {
        _throttle = throttle;
        _logger = loggers.CreateLogger("Maestro.Telemetry.Server.Audit");
        var meter = meters.Create(Meter);
        _refused = meter.CreateCounter<long>("maestro.access.refused", "{request}", "Requests not let in, by reason.");
        _sessions = meter.CreateCounter<long>("maestro.access.sessions", "{session}", "Log-ins at the console.");
    }

    /// <summary>Counts a refusal, tells it, and says how to answer it.</summary>
    public AccessRefusal Refuse(HttpContext context, AccessOutcome outcome, CallerRole needed = default)
    {
        _refused.Add(1, new KeyValuePair<string, object?>("reason", outcome.Reason.ToString()));
        var remote = context.Connection.RemoteIpAddress;
        var (claimed, path) = (Clean(outcome.Claimed), Clean(context.Request.Path.Value ?? ""));
        switch (outcome.Reason)
        {
            // Who says nothing tries nothing: a probe, or a page that has not logged in yet.
            case RefusedBecause.NoCredentials:
                LogUnnamed(remote, path);
                break;
            case RefusedBecause.Throttled:
                break;
            case RefusedBecause.Forbidden or RefusedBecause.ForeignOrigin:
                LogForbidden(claimed, remote, path, outcome.Reason);
                break;
            default:
                LogFailed(claimed, remote, path, outcome.Reason);
                if (_throttle.Failed(remote))
                {
                    LogBlocked(remote, _throttle.BlockedFor(remote).TotalSeconds);
                }

                break;
        }

        return AccessRefusal.Of(outcome with { Claimed = claimed }, needed);
    }

    public void SessionOpened(HttpContext context, Caller caller)
    {
        _sessions.Add(1);
        LogSession(caller.Name, context.Connection.RemoteIpAddress);
    }

    /// <summary>An operator's call has come to its end.</summary>
    public void Acted(HttpContext context, Caller caller, string result) =>
        LogActed(caller.Name, context.Connection.RemoteIpAddress, Clean(context.Request.Path.Value ?? ""), result);

    // What strangers send must not break a line of the log or hide in it.
    private static string Clean(string text)
    {
        var cut = text.Length > LongestName ? text[..LongestName] : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    [LoggerMessage(1801, LogLevel.Warning, "Log-in refused: '{Claimed}' from {Remote} at {Path}: {Reason}")]
    private partial void LogFailed(string claimed, IPAddress? remote, string path, RefusedBecause reason);

    [LoggerMessage(1802, LogLevel.Warning, "Log-ins from {Remote} are refused unseen for {Seconds:0} s: too many have failed")]
    private partial void LogBlocked(IPAddress? remote, double seconds);

    [LoggerMessage(1803, LogLevel.Warning, "Not permitted: '{Name}' from {Remote} at {Path}: {Reason}")]
    private partial void LogForbidden(string name, IPAddress? remote, string path, RefusedBecause reason);

    [LoggerMessage(1804, LogLevel.Information, "Log-in at the console: '{Name}' from {Remote}")]
    private partial void LogSession(string name, IPAddress? remote);

    [LoggerMessage(1805, LogLevel.Information, "Operator '{Name}' from {Remote} has called {Path}: {Result}")]
    private partial void LogActed(string name, IPAddress? remote, string path, string result);

    [LoggerMessage(1806, LogLevel.Debug, "A caller without credentials from {Remote} at {Path} was refused")]
    private partial void LogUnnamed(IPAddress? remote, string path);
}
