namespace Maestro.Telemetry.Cli.Replays.Import;

/// <summary>Files of one kind that belong together.</summary>
/// <param name="Format">The kind; null to look into the files.</param>
/// <param name="Files">At least one.</param>
internal sealed record TraceSource(TraceFormat? Format, IReadOnlyList<string> Files);
