using System.Globalization;
using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>Tasks of one Orchestrator. What a task does is done when it starts; it tells so later.</summary>
internal sealed class GaiaTasks(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _tasks = new(StringComparer.Ordinal);

    /// <param name="command">The command that it is of.</param>
    /// <param name="duration">When it tells its end.</param>
    /// <param name="details">What it ends with.</param>
    /// <param name="failed">Whether it fails.</param>
    /// <returns>The task's id.</returns>
    public string Start(string command, TimeSpan duration, JsonObject details, bool failed)
    {
        lock (_gate)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{_tasks.Count + 1:x8}-4d41-4553-5452-4f0000000000");
            _tasks.Add(id, new(id, command, time.GetUtcNow(), duration, details, failed));
            return id;
        }
    }

    /// <summary>What a task says now; null when there is none of this id.</summary>
    public JsonObject? Show(string id)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            return _tasks.TryGetValue(id, out var entry) ? entry.Show(now) : null;
        }
    }

    private sealed record Entry(
        string Id, string Command, DateTimeOffset Started, TimeSpan Duration, JsonObject Details, bool Failed)
    {
        public JsonObject Show(DateTimeOffset now)
        {
            var done = now - Started >= Duration;
            var percentage = done ? 100 : (int)Math.Clamp((now - Started) / Duration * 100, 0, 99);
            return new()
            {
                ["task-id"] = Id,
                ["task-name"] = "/" + Command,
                ["status"] = !done ? "in progress" : Failed ? "failed" : "succeeded",
                ["status-code"] = !done ? 202 : Failed ? 400 : 200,
                ["progress-percentage"] = percentage,
                ["progress-description"] = done ? "Done" : "Deploying the topology",
                ["start-time"] = GaiaJson.Time(Started),
                ["last-update-time"] = GaiaJson.Time(now),
                ["execution-time"] = Math.Round((now - Started).TotalSeconds, 3),
                ["time-spent-in-queue"] = 0,
                ["task-details"] = done ? new JsonArray(Details.DeepClone()) : [],
            };
        }
    }
}
