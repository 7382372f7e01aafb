import { type Board, fabricVariable, groupVariable, serialVariable } from './board.js';
import { events, inSgm, InfluxQuery, newest, series } from './influx.js';
import { drawn, figure, lines, list } from './panels.js';

// Raw samples are in a retention policy of their own, which keeps days; the roll-ups keep more than a year.
const raw = '"samples"."sgm"';

export const sgmBoard: Board = {
    uid: 'maestro-sgm',
    title: 'Maestro / SGM',
    description: 'One SGM: its cores by type, connections, throughput, drops and state.',
    variables: [fabricVariable(), groupVariable(true), serialVariable()],
    from: 'now-3h',
    rows: [
        {
            title: 'Now',
            panels: [
                figure({
                    title: 'State',
                    description: 'As the cluster has it; only ACTIVE members carry load.',
                    word: true,
                    queries: [newest('state', '"member"', inSgm, [], 'state')],
                }),
                figure({
                    title: 'CPU',
                    description: 'Mean busy share of all cores.',
                    unit: 'percent',
                    decimals: 0,
                    steps: [[null, 'green'], [60, 'orange'], [80, 'red']],
                    queries: [newest('cpu_mean_percent', raw, inSgm, [], 'CPU')],
                }),
                figure({
                    title: 'Busiest core',
                    description: 'A busiest core far above the mean is an elephant flow: more SGMs do not help.',
                    unit: 'percent',
                    decimals: 0,
                    steps: [[null, 'green'], [80, 'orange'], [95, 'red']],
                    queries: [newest('cpu_busiest_core_percent', raw, inSgm, [], 'busiest core')],
                }),
                figure({
                    title: 'Model',
                    description: 'The appliance.',
                    word: true,
                    queries: [newest('model', '"member"', inSgm, [], 'model')],
                }),
                figure({
                    title: 'Weight',
                    description: 'Capacity in reference SGMs.',
                    decimals: 2,
                    queries: [newest('weight', '"member"', inSgm, [], 'weight')],
                }),
                figure({
                    title: 'Newest sample',
                    description: 'How old it is.',
                    unit: 's',
                    steps: [[null, 'green'], [60, 'orange'], [300, 'red']],
                    queries: [newest('sample_age_seconds', '"member"', inSgm, [], 'age')],
                }),
            ],
        },
        {
            title: 'Cores',
            panels: [
                lines({
                    title: 'CPU, mean and busiest core',
                    description: 'Raw samples. For times beyond their retention see the Security Group.',
                    unit: 'percent',
                    min: 0,
                    max: 100,
                    styles: [{ name: 'busiest', properties: [drawn.color('red'), drawn.fill(0)] }],
                    queries: [
                        series('mean("cpu_mean_percent")', raw, inSgm, 'mean'),
                        series('max("cpu_busiest_core_percent")', raw, inSgm, 'busiest core'),
                    ],
                }),
                lines({
                    title: 'Each core by type',
                    description: 'fw cores run firewall instances, snd cores distribute packets.',
                    unit: 'percent',
                    min: 0,
                    max: 100,
                    fill: 0,
                    queries: [new InfluxQuery(
                        `SELECT mean(/^core_/) FROM ${raw} WHERE ${inSgm} GROUP BY time($__interval) fill(null)`,
                        'time_series', '$col')],
                }),
            ],
        },
        {
            title: 'Traffic',
            panels: [
                lines({
                    title: 'Throughput',
                    description: 'Bits received and sent on all interfaces.',
                    unit: 'bps',
                    min: 0,
                    queries: [
                        series('mean("received_bits_per_second")', raw, inSgm, 'received'),
                        series('mean("transmitted_bits_per_second")', raw, inSgm, 'sent'),
                    ],
                }),
                lines({
                    title: 'Packets',
                    description: 'Packets received and sent, and those dropped.',
                    unit: 'pps',
                    min: 0,
                    styles: [{ name: 'dropped', properties: [drawn.color('red')] }],
                    queries: [
                        series('mean("received_packets_per_second")', raw, inSgm, 'received'),
                        series('mean("transmitted_packets_per_second")', raw, inSgm, 'sent'),
                        series('mean("dropped_packets_per_second")', raw, inSgm, 'dropped'),
                    ],
                }),
                lines({
                    title: 'Connections',
                    description: 'Entries in the connections table, and new ones per second on the right.',
                    unit: 'short',
                    min: 0,
                    styles: [{ name: 'new', properties: [drawn.onTheRight(), drawn.color('orange'), drawn.fill(0)] }],
                    queries: [
                        series('mean("concurrent_connections")', raw, inSgm, 'connections'),
                        series('mean("connections_per_second")', raw, inSgm, 'new per second'),
                    ],
                }),
                lines({
                    title: 'Memory and acceleration',
                    description: 'Memory in use, and the share of packets that SecureXL accelerates.',
                    unit: 'percent',
                    min: 0,
                    max: 100,
                    queries: [
                        series('mean("memory_used_percent")', raw, inSgm, 'memory'),
                        series('mean("acceleration_ratio") * 100', raw, inSgm, 'accelerated'),
                    ],
                }),
            ],
        },
        {
            title: 'State',
            panels: [
                list({
                    title: 'State over time',
                    description: 'State, member number, group and release, newest first.',
                    height: 7,
                    queries: [events(
                        '"state", "member_id", "security_group", "site", "release", "sample_age_seconds"', '"member"', inSgm)],
                }),
            ],
        },
    ],
};
