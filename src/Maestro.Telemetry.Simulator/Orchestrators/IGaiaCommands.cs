using System.Text.Json.Nodes;

namespace Maestro.Telemetry.Simulator.Orchestrators;

/// <summary>The commands that one Gaia API has, beside those of sessions.</summary>
internal interface IGaiaCommands
{
    bool Knows(string command);

    /// <summary>Runs a command for a session.</summary>
    /// <exception cref="GaiaRefusal">It is refused.</exception>
    JsonObject Run(string command, GaiaArguments arguments, GaiaSession session);
}
