using System.Globalization;
using Maestro.Telemetry.Tests.Receivers.Foreign;
using Maestro.Telemetry.Tests.Service;

namespace Maestro.Telemetry.Tests.Fuzz;

/// <summary>
/// Damages what was right, and holds every decoder to three things: it reads or refuses, in time, in bounded memory.
/// Longer runs: tests/tools/fuzz.sh. A failure names the seed that gives it again with MAESTRO_FUZZ_SEED.
/// </summary>
public sealed class FuzzTests
{
    private const long MaxBytes = 32L << 20;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(LongRun.Setting("MAESTRO_FUZZ_SECONDS", 2));
    private static readonly int FirstSeed = LongRun.Setting("MAESTRO_FUZZ_SEED", 1);

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Decode_AnyDamage_IsReadOrRefusedInTimeAndBoundedMemory(string name)
    {
        var target = FuzzTargets.All[name];
        var started = TimeProvider.System.GetTimestamp();
        var (seed, refused) = (FirstSeed, 0);
        for (; TimeProvider.System.GetElapsedTime(started) < Budget; seed = seed == int.MaxValue ? 0 : seed + 1)
        {
            refused += await IsRefusedAsync(name, target, seed) ? 1 : 0;
        }

        Assert.True(refused > 0, $"Nothing was refused by {name} up to seed {seed}: nothing was damaged.");
        if (Environment.GetEnvironmentVariable("MAESTRO_FUZZ_LOG") is { Length: > 0 } log)
        {
            await File.AppendAllTextAsync(log, string.Create(
                CultureInfo.InvariantCulture, $"{name}: {seed - FirstSeed} inputs, {refused} refused{Environment.NewLine}"));
        }
    }

    private static async Task<bool> IsRefusedAsync(string name, FuzzTarget target, int seed)
    {
        var random = new Random(seed);
        var bytes = target.Seed(random);
        for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--)
        {
            bytes = Mutation.Of(bytes, random);
        }

        var (allocated, started) = (GC.GetAllocatedBytesForCurrentThread(), TimeProvider.System.GetTimestamp());
        var isRefused = false;
        try
        {
            await target.Decode(bytes, random).WaitAsync(Given.Patience);
        }
        catch (Exception e) when (target.IsRefusal(e))
        {
            isRefused = e.Message.Length > 0;
        }
        catch (Exception e)
        {
            Assert.Fail($"{name}, seed {seed}, {Convert.ToHexString(bytes)}: {e}");
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(elapsed < MaxTime, $"{name}, seed {seed}: {elapsed} for {bytes.Length} bytes.");
        Assert.True(allocated < MaxBytes, $"{name}, seed {seed}: {allocated} bytes were taken for {bytes.Length}.");
        return isRefused;
    }
}
