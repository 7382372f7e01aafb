using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Maestro.Telemetry.IntegrationTests.Receivers;

/// <summary>A page with the series of Skyline per SGM, as a scraper reads it. Each scrape has other values.</summary>
internal sealed class SkylinePage : IAsyncDisposable
{
    private const int Cores = 6;

    private readonly ConcurrentDictionary<string, int> _scrapes = new();
    private readonly WebApplication _app;

    private SkylinePage(WebApplication app, int most)
    {
        _app = app;
        app.MapGet("/{member}", (string member) =>
        {
            var scrape = _scrapes.AddOrUpdate(member, 1, (_, before) => before + 1);

            // Then the target is gone, and its series end.
            return scrape <= most ? Results.Text(Page(member, scrape)) : Results.NotFound();
        });
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<SkylinePage> StartAsync(int most)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var page = new SkylinePage(builder.Build(), most);
        await page._app.StartAsync();
        return page;
    }

    /// <summary>How often each member was read.</summary>
    public bool AllEnded(int members, int most) => _scrapes.Count == members && _scrapes.Values.All(s => s > most);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Page(string member, int scrape)
    {
        var site = member == "S1" ? 1 : 2;
        var identity = $"sp_security_group_id=\"1\",sp_site_id=\"{site}\",sp_member_id=\"1\",host_name=\"sg1-ch0{site}-01\"";
        var seed = (scrape * 10) + site;
        var text = new StringBuilder();
        for (var core = 0; core < Cores; core++)
        {
            Add("system_cpu_utilization", 99 - (core * 7) - (seed % 40) + 0.25, $"cpu=\"{core}\",type=\"CoreXL_FW\",state=\"idle\"");
            Add("system_cpu_utilization", (core * 7) + 1, $"cpu=\"{core}\",type=\"CoreXL_FW\",state=\"user\"");
        }

        foreach (var (name, bits) in new[] { ("eth1-01", 1_000_000), ("eth1-02", 2_500_000), ("TOTAL", 9), ("lo", 5) })
        {
            Add("system_network_interface_io_receive_rate", bits + seed, $"interface=\"{name}\"");
            Add("system_network_interface_io_transmit_rate", (2 * bits) + seed, $"interface=\"{name}\"");
        }

        Add("system_traffic_connections", 1_000 + seed, "protocol=\"tcp\",state=\"established\"");
        Add("system_traffic_connections", 50, "protocol=\"other\",state=\"established\"");
        Add("system_network_connections_rate", 77 + seed, null);
        Add("system_memory_usage", 3e9 + seed, "state=\"used\"");
        Add("system_memory_limit", 8e9, null);
        Add("cluster_xl_members_state", 26, $"id=\"{site}_01\"");
        Add("system_uptime", seed, null);
        return text.ToString();

        void Add(string metric, double value, string? labels) => text.Append(
            CultureInfo.InvariantCulture, $"{metric}{{{identity}{(labels is null ? "" : "," + labels)}}} {value}\n");
    }
}
