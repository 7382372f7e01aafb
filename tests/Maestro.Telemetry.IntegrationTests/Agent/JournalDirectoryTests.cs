using Maestro.Telemetry.Agent;
using Maestro.Telemetry.IntegrationTests.Storage;

namespace Maestro.Telemetry.IntegrationTests.Agents;

public sealed class JournalDirectoryTests
{
    [Fact]
    public void Segments_AreWrittenListedReadAndDeleted()
    {
        using var temporary = new TemporaryDirectory();
        using var disk = JournalDirectory.Open(temporary.File("journal"));
        using (var second = disk.Create(12))
        using (var first = disk.Create(3))
        {
            first.Append([1, 2]);
            first.Append([3]);
            first.Sync();
            second.Append([4]);
        }

        File.WriteAllText(temporary.File("journal/notes.segment"), "not ours");

        Assert.Equal([3, 12], disk.List());
        Assert.Equal([1, 2, 3], disk.Read(3));
        Assert.InRange(TimeProvider.System.GetUtcNow() - disk.LastWrite(3), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        disk.Delete(3);
        Assert.Equal([12], disk.List());
        Assert.Throws<IOException>(() => disk.Create(12));
    }

    [Fact]
    public void Directory_OfAnotherAgent_IsRefused_UntilThatOneHasGone()
    {
        using var temporary = new TemporaryDirectory();
        var path = temporary.File("journal");
        using (JournalDirectory.Open(path))
        {
            var refusal = Assert.Throws<IOException>(() => JournalDirectory.Open(path));

            Assert.Contains("in use by another agent", refusal.Message, StringComparison.Ordinal);
        }

        using var next = JournalDirectory.Open(path);
        Assert.Null(next.Problem);
    }

    [Fact]
    public void Directory_ThatCannotBeMade_IsEmptyAndTakesNothing()
    {
        using var temporary = new TemporaryDirectory();
        File.WriteAllText(temporary.File("file"), "");

        using var disk = JournalDirectory.Open(temporary.File("file/journal"));

        Assert.Empty(disk.List());
        Assert.NotNull(disk.Problem);
        Assert.Throws<UnauthorizedAccessException>(() => disk.Create(1));
    }
}
