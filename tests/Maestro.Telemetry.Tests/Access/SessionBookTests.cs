using Maestro.Telemetry.Server.Access;
using Maestro.Telemetry.Tests.Support;

namespace Maestro.Telemetry.Tests.Access;

public sealed class SessionBookTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Session_EndsWithItsTimeItsCredentialOrALogOut()
    {
        var book = new SessionBook(TimeSpan.FromHours(1), _time);
        using var credential = new CancellationTokenSource();
        var (first, second, third) = (Open(book), Open(book, credential.Token), Open(book));

        Assert.Equal("anna", book.Find(first)?.Caller.Name);
        Assert.NotNull(book.Find(second));
        credential.Cancel();
        book.Close(third);

        Assert.Null(book.Find(second));
        Assert.Null(book.Find(third));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(book.Find(first));
        Assert.Null(book.Find("guess"));
    }

    [Fact]
    public void Sessions_MoreThanAreKept_EndTheOldest()
    {
        var book = new SessionBook(TimeSpan.FromHours(1), _time, capacity: 2);
        var oldest = Open(book);
        _time.Advance(TimeSpan.FromSeconds(1));
        var (kept, newest) = (Open(book), Open(book));

        Assert.Null(book.Find(oldest));
        Assert.NotNull(book.Find(kept));
        Assert.NotNull(book.Find(newest));
    }

    private static string Open(SessionBook book, CancellationToken ended = default) =>
        book.Open(new Identity(Caller.Of("anna", CallerRole.Viewer, []), ended));
}
