using System.Globalization;

namespace Maestro.Telemetry.Server.Configuration;

/// <summary>What OTLP and remote write may send, and how their points become rows.</summary>
public sealed class ReceiverOptions : ISection
{
    public static string SectionName => "Maestro:Receivers";

    /// <summary>Bytes that one request may have, after decompression.</summary>
    /// <value>The default is 16 MiB; from 1 KiB to 256 MiB.</value>
    public int MaxRequestBytes { get; set; } = 16 * 1_024 * 1_024;

    /// <summary>Points of one request that rows are made of, at most.</summary>
    /// <value>The default is 200000; from 1 to 5000000.</value>
    public int MaxRequestPoints { get; set; } = 200_000;

    /// <summary>Bytes of all requests that are being read; more are asked to come back.</summary>
    /// <value>The default is 64 MiB; from MaxRequestBytes to 4 GiB.</value>
    public long MaxBytesInFlight { get; set; } = 64L * 1_024 * 1_024;

    /// <summary>Requests that may wait for their rows; more are asked to come back.</summary>
    /// <value>The default is 1000; from 1 to 100000.</value>
    public int MaxWaitingRequests { get; set; } = 1_000;

    /// <summary>How long a request waits for its rows before it is asked to come back.</summary>
    /// <value>The default is 20 s; from 1 s to 5 min.</value>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Times of points are rounded down to a multiple of this; points of the same time make a row.</summary>
    /// <value>The default is 1 s; from 1 ms to 1 min.</value>
    public TimeSpan Align { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a row waits for points of other requests before what is whole of it is stored.</summary>
    /// <value>The default is 500 ms; from 10 ms to 10 s.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long after its last point a sum or mean that lacks parts waits for them.</summary>
    /// <value>The default is 5 s; from Window to 1 min.</value>
    public TimeSpan CloseAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Rows that may be open at once; more are asked to come back.</summary>
    /// <value>The default is 20000; from 1 to 1000000.</value>
    public int MaxOpenRows { get; set; } = 20_000;

    /// <summary>Series of one SGM that rows are made of.</summary>
    /// <value>The default is 4096; from 16 to 65536.</value>
    public int MaxSeriesPerSgm { get; set; } = 4_096;

    /// <summary>Labels that hold a serial number, the first that is there counts; | between them.</summary>
    /// <value>The default is serial_number|serial|host_serial.</value>
    public string SerialLabels { get; set; } = "serial_number|serial|host_serial";

    /// <summary>Labels that hold the number of the Security Group.</summary>
    /// <value>The default is sp_security_group_id.</value>
    public string GroupLabels { get; set; } = "sp_security_group_id";

    /// <summary>Labels that hold the number of the site.</summary>
    /// <value>The default is sp_site_id.</value>
    public string SiteLabels { get; set; } = "sp_site_id";

    /// <summary>Labels that hold the number of the member.</summary>
    /// <value>The default is sp_member_id.</value>
    public string MemberLabels { get; set; } = "sp_member_id";

    /// <summary>Labels that hold the host name.</summary>
    /// <value>The default is host_name.</value>
    public string HostLabels { get; set; } = "host_name";

    /// <summary>Members whose serials are told here; looked at before the fabric.</summary>
    public List<KnownMemberOptions> Members { get; set; } = [];

    /// <summary>Rules beside the built-in ones, and in the place of those of the same metric.</summary>
    public List<MetricRuleOptions> Rules { get; set; } = [];

    public void Check(SettingErrors errors)
    {
        errors.Range(nameof(MaxRequestBytes), MaxRequestBytes, 1_024, 256 * 1_024 * 1_024);
        errors.Range(nameof(MaxRequestPoints), MaxRequestPoints, 1, 5_000_000);
        errors.Range(
            nameof(MaxBytesInFlight), MaxBytesInFlight, MaxRequestBytes, 4L << 30, "below MaxRequestBytes no request fits");
        errors.Range(nameof(MaxWaitingRequests), MaxWaitingRequests, 1, 100_000);
        errors.Range(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        errors.Range(nameof(Align), Align, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        errors.Range(nameof(Window), Window, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(10));
        errors.Range(nameof(CloseAfter), CloseAfter, Window, TimeSpan.FromMinutes(1));
        errors.Range(nameof(MaxOpenRows), MaxOpenRows, 1, 1_000_000);
        errors.Range(nameof(MaxSeriesPerSgm), MaxSeriesPerSgm, 16, 65_536);
        foreach (var (i, member) in Members.Index())
        {
            member.Check(Key(nameof(Members), i), errors);
        }

        foreach (var (i, rule) in Rules.Index())
        {
            rule.Check(Key(nameof(Rules), i), errors);
        }
    }

    private static string Key(string list, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{list}:{index}");
}
