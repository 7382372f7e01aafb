using System.Globalization;
using Maestro.Telemetry.CrashWriter;
using Maestro.Telemetry.Storage.Sqlite;

// Arguments: native or remote, URL of the collector, serial, first row, time of row 0. Sends for ever, and says after each
// acknowledgement up to where rows are acknowledged.
if (args is ["native" or "remote", var url, var serial, var firstSent, var start])
{
    var sender = new CrashSender(
        new Uri(url),
        serial,
        long.Parse(firstSent, CultureInfo.InvariantCulture),
        long.Parse(start, CultureInfo.InvariantCulture));
    await (args[0] == "native" ? sender.StreamAsync() : sender.RemoteWriteAsync());
}

// Arguments: data directory, first row, seed. Writes rows for ever, and says after each write up to where they are
// acknowledged. Never ends by itself.
var first = long.Parse(args[1], CultureInfo.InvariantCulture);
var random = new Random(int.Parse(args[2], CultureInfo.InvariantCulture));
// A short log: the kill hits checkpoints too.
var options = new SqliteStoreOptions { Directory = args[0], WalSizeLimit = 1 << 20 };
await using var store = SqliteTelemetryStore.Open(options, TimeProvider.System);
while (true)
{
    var rows = random.Next(1, 1500);
    // Some rows of the write before are sent again, as after a lost acknowledgement.
    var again = Math.Max(0, first - random.Next(0, 50));
    await store.WriteAsync(CrashRows.Make(again, first + rows), CancellationToken.None);
    first += rows;
    Console.WriteLine(first.ToString(CultureInfo.InvariantCulture));
}
