using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Maestro.Telemetry.TestSupport;

/// <summary>
/// How often a law is tried, and on which cases. They are the same in every run, so that a change is judged by what it
/// changes; MAESTRO_TRIALS_SEED gives other cases and MAESTRO_TRIALS_TIMES so many times as many: tests/tools/laws.sh.
/// </summary>
internal static class Trials
{
    /// <summary>So many cases; the first that fails is told with its seed.</summary>
    public static Config Of(int cases) => Config.QuickThrowOnFailure
        .WithMaxTest(cases * LongRun.Setting("MAESTRO_TRIALS_TIMES", 1))
        .WithQuietOnSuccess(true)
        .WithReplay(FSharpOption<FsCheck.Replay>.Some(new FsCheck.Replay(
            new Rnd((ulong)LongRun.Setting("MAESTRO_TRIALS_SEED", 1)), FSharpOption<int>.None)));

    /// <summary>Tries a law on scenes that follow from a seed.</summary>
    public static void Check(int cases, Action<int> claim) =>
        FsCheck.Check.One(Of(cases), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), claim));
}
