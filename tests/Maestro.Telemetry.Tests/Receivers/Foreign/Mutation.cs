namespace Maestro.Telemetry.Tests.Receivers.Foreign;

/// <summary>Bytes that were right once.</summary>
internal static class Mutation
{
    /// <summary>Changes, cuts, repeats and inserts a few bytes.</summary>
    public static byte[] Of(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var i = random.Next(1, 6); i > 0 && mutated.Count > 0; i--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0:
                    mutated[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutated[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutated.RemoveRange(at, mutated.Count - at);
                    break;
                case 3:
                    mutated.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    mutated.InsertRange(at, mutated.Take(random.Next(1, 20)).ToList());
                    break;
            }
        }

        return [.. mutated];
    }
}
