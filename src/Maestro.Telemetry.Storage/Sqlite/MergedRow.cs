namespace Maestro.Telemetry.Storage.Sqlite;

/// <summary>What a row added to the stored row of its key.</summary>
/// <param name="Batch">The number of the row's batch.</param>
/// <param name="Row">The row in its batch.</param>
/// <param name="Group">The group of the stored row, whose roll-up the values join; 0 is none.</param>
/// <param name="Added">A bit for each metric that the stored row lacked.</param>
/// <param name="AddedCores">Whether it had cores that the stored row lacked.</param>
internal readonly record struct MergedRow(int Batch, int Row, int Group, int Added, bool AddedCores)
{
    public bool IsDuplicate => Added == 0 && !AddedCores;
}
