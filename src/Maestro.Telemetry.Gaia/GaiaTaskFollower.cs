using System.Text.Json;
using Maestro.Telemetry.Gaia.Contracts;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.Gaia;

/// <summary>Waits for what an Orchestrator goes on with by itself after it has answered.</summary>
internal sealed partial class GaiaTaskFollower(
    string orchestrator, GaiaSession session, GaiaOptions options, TimeProvider time, ILogger<GaiaTaskFollower> logger)
{
    /// <summary>Returns at once when the reply is a result, and when its task is done otherwise.</summary>
    /// <exception cref="GaiaRefusedException">The task failed.</exception>
    /// <exception cref="GaiaTimeoutException">The task did not end in <see cref="GaiaOptions.TaskTimeout"/>.</exception>
    public async Task FollowAsync(GaiaCommand command, GaiaReply reply, CancellationToken cancellationToken)
    {
        var answer = reply.Read(GaiaJsonContext.Default.TaskReply);
        if (answer.TaskId is null && answer.Tasks is null)
        {
            return;
        }

        var id = answer.TaskId ?? (answer.Tasks is [{ TaskId: { } first }, ..] ? first : null)
            ?? throw new GaiaProtocolException($"{orchestrator} answered {command} with a task without an id.", true);
        if (answer.Tasks is not null && IsDone(command, answer.Tasks))
        {
            return;
        }

        LogFollowing(orchestrator, command.Name);
        await PollAsync(command, id, cancellationToken);
    }

    private async Task PollAsync(GaiaCommand command, string id, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ShowTaskRequest { TaskId = id }, GaiaJsonContext.Default.ShowTaskRequest);
        var started = time.GetTimestamp();
        GaiaException? last = null;
        while (time.GetElapsedTime(started) < options.TaskTimeout)
        {
            await Task.Delay(options.PollInterval, time, cancellationToken);
            try
            {
                var reply = await session.CallAsync(GaiaCommand.ShowTask, body, cancellationToken);
                if (IsDone(command, reply.Read(GaiaJsonContext.Default.TaskReply).Tasks ?? []))
                {
                    return;
                }

                last = null;
            }
            catch (GaiaRefusedException e) when (!e.MayHaveHappened)
            {
                // The task is not known any more: only the topology can say what came of it.
                throw new GaiaProtocolException($"{orchestrator} does not know the task of {command}: {e.Message}", true);
            }
            catch (GaiaException e) when (e is not GaiaRefusedException)
            {
                // The task goes on without us; look again until the time is up.
                last = e;
                LogPollFailed(orchestrator, command.Name, e.Message);
            }
        }

        throw new GaiaTimeoutException(
            $"{orchestrator}: the task of {command} did not end within {options.TaskTimeout.TotalSeconds:0.###} s.",
            mayHaveHappened: true,
            last);
    }

    private bool IsDone(GaiaCommand command, TaskContract[] tasks)
    {
        foreach (var task in tasks)
        {
            var status = task.Status ?? "";
            if (Is(status, "fail") || Is(status, "abort") || Is(status, "cancel"))
            {
                var words = GaiaText.Words(task.TaskDetails);
                words = GaiaText.Clean(words.Length > 0 ? words : task.ProgressDescription);

                // Some of it may have been done before it failed.
                throw new GaiaRefusedException(
                    $"{orchestrator}: the task of {command} ended as '{GaiaText.Clean(status)}': {words}",
                    "task-failed",
                    mayHaveHappened: true);
            }
        }

        return tasks.Length > 0 && !tasks.Any(t => IsRunning(t.Status ?? ""));
    }

    private static bool IsRunning(string status) =>
        status.Length == 0 || Is(status, "progress") || Is(status, "pending") || Is(status, "queue")
        || Is(status, "waiting") || Is(status, "running") || Is(status, "not started");

    private static bool Is(string status, string word) => status.Contains(word, StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(3010, LogLevel.Debug, "{Orchestrator}: {Command} goes on as a task")]
    private partial void LogFollowing(string orchestrator, string command);

    [LoggerMessage(3011, LogLevel.Warning, "{Orchestrator}: the task of {Command} could not be looked at: {Reason}")]
    private partial void LogPollFailed(string orchestrator, string command, string reason);
}
