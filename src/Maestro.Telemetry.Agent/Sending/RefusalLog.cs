using Maestro.Telemetry.Protocol.V1;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Agent;

/// <summary>Tells of refused rows once per reason and minute, so that a bad source does not fill the log.</summary>
internal sealed partial class RefusalLog(AgentIdentity identity, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<RefusalReason, (long At, long Unsaid)> _said = [];

    public void Add(Refusal refusal)
    {
        var known = _said.TryGetValue(refusal.Reason, out var last);
        var refusals = last.Unsaid + 1;
        if (known && time.GetElapsedTime(last.At) < Pause)
        {
            _said[refusal.Reason] = (last.At, refusals);
            return;
        }

        _said[refusal.Reason] = (time.GetTimestamp(), 0);
        var rows = refusal.Rows.Count == 0 ? "all rows" : $"{refusal.Rows.Count} rows";
        LogRefused(identity.Serial, rows, refusal.Sequence, refusal.Reason, refusal.Message, refusals);
    }

    [LoggerMessage(5110, LogLevel.Warning,
        "The collector refused {Rows} of batch {Sequence} of {Serial}: {Reason}: {Message} (refusals for this reason "
            + "since the last such line: {Refusals})")]
    private partial void LogRefused(
        string serial, string rows, ulong sequence, RefusalReason reason, string message, long refusals);
}
