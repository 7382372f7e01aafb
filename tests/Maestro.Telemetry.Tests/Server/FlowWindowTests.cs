using Maestro.Telemetry.Server.Receivers;

namespace Maestro.Telemetry.Tests.Service;

public sealed class FlowWindowTests
{
    [Theory]
    [InlineData(51, true, 32)]
    [InlineData(50, false, 64)]
    [InlineData(0, false, 64)]
    public void FullWindow_IsHalved_OnceHalfOfTheQueueIsTaken(int queued, bool told, int batches)
    {
        var window = new FlowWindow(64);

        Assert.Equal(told, window.Adjust(queued, 100));
        Assert.Equal(batches, window.Batches);
    }

    [Fact]
    public void Window_GoesDownToOne_AndBackToWhatItWas()
    {
        var window = new FlowWindow(10);
        var down = Enumerable.Range(0, 5).Select(_ => (window.Adjust(90, 100), window.Batches)).ToArray();
        var between = (window.Adjust(26, 100), window.Batches);
        var up = Enumerable.Range(0, 6).Select(_ => (window.Adjust(25, 100), window.Batches)).ToArray();

        Assert.Equal([(true, 5), (true, 2), (true, 1), (false, 1), (false, 1)], down);
        Assert.Equal((false, 1), between);
        Assert.Equal([(true, 2), (true, 4), (true, 8), (true, 10), (false, 10), (false, 10)], up);
    }

    [Fact]
    public void QueueOfOne_NarrowsAndWidens()
    {
        var window = new FlowWindow(4);

        Assert.True(window.Adjust(1, 1));
        Assert.True(window.Adjust(0, 1));
        Assert.Equal(4, window.Batches);
    }
}
