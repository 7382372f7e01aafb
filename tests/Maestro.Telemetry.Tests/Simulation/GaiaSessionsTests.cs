using Maestro.Telemetry.Simulator.Orchestrators;

namespace Maestro.Telemetry.Tests.Simulation;

public sealed class GaiaSessionsTests
{
    private readonly ManualTime _time = new(new(2026, 1, 12, 8, 0, 0, TimeSpan.Zero));
    private readonly GaiaSessions _sessions;

    public GaiaSessionsTests() => _sessions = new(_time);

    [Fact]
    public void Use_WithinTheTimeout_KeepsTheSession()
    {
        var session = _sessions.Open(TimeSpan.FromSeconds(60), readOnly: false);

        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Assert.Same(session, _sessions.Use(session.Id));
        }
    }

    [Fact]
    public void Use_AfterTheTimeout_FindsNoSession()
    {
        var session = _sessions.Open(TimeSpan.FromSeconds(60), readOnly: false);

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Null(_sessions.Use(session.Id));
        Assert.Equal(0, _sessions.Count);
    }

    [Fact]
    public void CloseAll_EndsEverySession()
    {
        var session = _sessions.Open(TimeSpan.FromSeconds(60), readOnly: true);

        _sessions.CloseAll();

        Assert.Null(_sessions.Use(session.Id));
    }
}
