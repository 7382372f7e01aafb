using System.CommandLine;

namespace Maestro.Telemetry.Cli.Common;

/// <summary>A command whose own help ends with a lesson: more than fits into the list of commands, and examples.</summary>
internal sealed class TaughtCommand(string name, string description, string lesson) : Command(name, description)
{
    public string Lesson => lesson;
}
