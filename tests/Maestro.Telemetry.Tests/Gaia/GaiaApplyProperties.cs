using FsCheck;
using FsCheck.Fluent;
using Maestro.Telemetry.Ports;

namespace Maestro.Telemetry.Tests.Orchestration;

public sealed class GaiaApplyProperties
{
    private const int MaxCalls = 200;

    private static readonly FakeFault[] Faults = [.. Enum.GetValues<FakeFault>().Where(f => f != FakeFault.Refused)];

    // One fault for each request in the order they come, over all Orchestrators and commands; none after the last.
    private static readonly Arbitrary<FakeFault[]> Scripts = Arb.From(
        Gen.OneOf(Gen.Elements(Faults), Gen.Constant(FakeFault.None)).ArrayOf(), Shrink);

    [Fact]
    public void Apply_AnyFaultsAndRepeatedCalls_TakesEffectExactlyOnceAndNeverDiscards() =>
        Prop.ForAll(Scripts, script => HoldsAsync(script, orchestrators: 1).GetAwaiter().GetResult())
            .Check(Trials.Of(100));

    [Fact]
    public void Apply_AnyFaultsWithTwoOrchestrators_TakesEffectExactlyOnceAndNeverDiscards() =>
        Prop.ForAll(Scripts, script => HoldsAsync(script, orchestrators: 2).GetAwaiter().GetResult())
            .Check(Trials.Of(100));

    [Fact]
    public void Apply_AnyFaultsWithForeignChangesStaged_DeploysNothing() =>
        Prop.ForAll(Scripts, script => ForeignIsLeftAloneAsync(script).GetAwaiter().GetResult())
            .Check(Trials.Of(50));

    private static IEnumerable<FakeFault[]> Shrink(FakeFault[] script)
    {
        for (var i = 0; i < script.Length; i++)
        {
            yield return [.. script[..i], .. script[(i + 1)..]];
            if (script[i] != FakeFault.None)
            {
                yield return [.. script[..i], FakeFault.None, .. script[(i + 1)..]];
            }
        }
    }

    private static async Task<bool> HoldsAsync(FakeFault[] script, int orchestrators)
    {
        await using var harness = Scripted(script, orchestrators);
        for (var call = 0; call < MaxCalls; call++)
        {
            var movesBefore = harness.Fabric.Moves.Count;
            var setsBefore = harness.Fabric.Sets;
            try
            {
                var result = await harness.ApplyAsync("F1", 0, 1);
                if (result.Outcome == ApplyOutcome.RefusedByOrchestrator)
                {
                    // An error of the Orchestrator's own, which the caller may ask about again.
                    continue;
                }

                // Whatever was lost on the way, an answer is the truth, and done is done once.
                return result.Done
                    && harness.Fabric.Moves.SequenceEqual(["F1:0>1"])
                    && harness.Fabric.Discards == 0
                    && (result.Outcome == ApplyOutcome.AlreadyDone) == (movesBefore == 1);
            }
            catch (FabricControllerException e)
            {
                if (!e.MayHaveHappened && (harness.Fabric.Moves.Count > movesBefore || harness.Fabric.Sets > setsBefore))
                {
                    return false;
                }
            }
        }

        return false;
    }

    private static async Task<bool> ForeignIsLeftAloneAsync(FakeFault[] script)
    {
        await using var harness = Scripted(script, orchestrators: 2);
        harness.Fabric.Pending["B1"] = 0;
        for (var call = 0; call < MaxCalls; call++)
        {
            try
            {
                var result = await harness.ApplyAsync("F1", 0, 1);
                return result.Outcome == ApplyOutcome.RefusedForeignPending
                    && harness.Fabric is { Moves.Count: 0, Sets: 0, Applies: 0, Discards: 0 };
            }
            catch (FabricControllerException e) when (!e.MayHaveHappened)
            {
                // No reading came through; nothing was sent. Again.
            }
        }

        return false;
    }

    private static GaiaHarness Scripted(FakeFault[] script, int orchestrators)
    {
        var harness = new GaiaHarness(orchestrators);
        var next = -1;
        foreach (var orchestrator in harness.Orchestrators)
        {
            orchestrator.Fault = _ => Interlocked.Increment(ref next) is var i && i < script.Length
                ? script[i]
                : FakeFault.None;
        }

        return harness;
    }
}
