using Maestro.Telemetry.Protocol.V1;
using Spectre.Console;

namespace Maestro.Telemetry.Cli.Commands;

/// <summary>The pauses in force.</summary>
internal static class PauseView
{
    public static void Print(IAnsiConsole console, PauseState state)
    {
        if (state.Pauses.Count == 0)
        {
            console.WriteLine("Nothing is paused.");
        }

        foreach (var pause in state.Pauses)
        {
            var end = pause.Until is null ? "until it is resumed" : $"until {pause.Until.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC";
            console.WriteLine($"{pause.Actor} has paused {PauseOptions.Scope(pause)} {end}: {pause.Reason}");
        }
    }
}
