namespace Maestro.Telemetry.Series;

/// <summary>Rows of one batch that were refused for one reason.</summary>
/// <param name="Rows">Counted from 0, ascending.</param>
/// <param name="Sentence">About the first of them: the field, the value and the remedy.</param>
public sealed record RowRefusal(RefusalReason Reason, IReadOnlyList<int> Rows, string Sentence);
