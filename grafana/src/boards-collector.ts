import { type Board, fabricVariable } from './board.js';
import { inFabric, newest, rows, series } from './influx.js';
import { drawn, figure, lines, list } from './panels.js';

const collector = '"collector"';
const rate = (field: string) => series(
    `non_negative_derivative(max("${field}"), 1s)`, collector, inFabric, field, [], 'none');

export const collectorBoard: Board = {
    uid: 'maestro-collector',
    title: 'Maestro / Collector',
    description: 'What the collector receives, refuses, stores and spools, and how late it is.',
    variables: [fabricVariable()],
    rows: [
        {
            title: 'Now',
            panels: [
                figure({
                    title: 'Streams',
                    description: 'Streams of agents that are open.',
                    queries: [newest('streams', collector, inFabric, [], 'streams')],
                }),
                figure({
                    title: 'In flight',
                    description: 'Rows accepted that are neither in the store nor in the spool yet.',
                    queries: [newest('in_flight', collector, inFabric, [], 'in flight')],
                }),
                figure({
                    title: 'Store',
                    description: '1 while the store takes samples.',
                    steps: [[null, 'red'], [1, 'green']],
                    queries: [newest('store_well', collector, inFabric, [], 'store')],
                }),
                figure({
                    title: 'Spooled rows',
                    description: 'Rows that wait on disk for the store.',
                    unit: 'short',
                    steps: [[null, 'green'], [1, 'orange']],
                    queries: [newest('spool_rows', collector, inFabric, [], 'rows')],
                }),
                figure({
                    title: 'Oldest in the spool',
                    description: 'How long the oldest row has waited.',
                    unit: 's',
                    steps: [[null, 'green'], [60, 'orange'], [3600, 'red']],
                    queries: [newest('spool_age_seconds', collector, inFabric, [], 'age')],
                }),
                figure({
                    title: 'Given up',
                    description: 'Rows that the spool has given up, because they waited for too long. Must be zero.',
                    steps: [[null, 'green'], [1, 'red']],
                    queries: [newest('expired', collector, inFabric, [], 'expired')],
                }),
            ],
        },
        {
            title: 'Rows',
            panels: [
                lines({
                    title: 'Rows per second by outcome',
                    description: 'A row is one SGM at one time. Accepted rows become stored, merged or duplicates.',
                    unit: 'rowsps',
                    min: 0,
                    styles: [{ name: 'refused', properties: [drawn.color('red')] }],
                    queries: ['accepted', 'stored', 'merged', 'duplicates', 'refused'].map(rate),
                }),
                lines({
                    title: 'Refused rows by reason',
                    description: 'Why; the reasons are explained in the documentation of the protocol.',
                    unit: 'rowsps',
                    min: 0,
                    queries: [series(
                        'non_negative_derivative(max("rows"), 1s)', '"collector_refused"', inFabric, '$tag_reason', ['reason'], 'none')],
                }),
                list({
                    title: 'Refused rows since the service began',
                    description: 'By reason.',
                    span: 12,
                    height: 7,
                    queries: [rows('last("rows") AS "rows"', '"collector_refused"', inFabric, ['reason'])],
                }),
                lines({
                    title: 'In flight',
                    description: 'Rows between acceptance and commit: grows when the store is slow.',
                    span: 12,
                    height: 7,
                    min: 0,
                    queries: [series('max("in_flight")', collector, inFabric, 'in flight')],
                }),
            ],
        },
        {
            title: 'Spool',
            panels: [
                lines({
                    title: 'Bytes in the spool',
                    description: 'Against its limit; when it is full, senders wait or are refused.',
                    unit: 'bytes',
                    min: 0,
                    styles: [{ name: 'limit', properties: [drawn.color('red'), drawn.dashed(), drawn.fill(0)] }],
                    queries: [
                        series('max("spool_bytes")', collector, inFabric, 'spooled'),
                        series('max("spool_limit_bytes")', collector, inFabric, 'limit'),
                    ],
                }),
                lines({
                    title: 'Age of the oldest',
                    description: 'How long the oldest row has waited.',
                    unit: 's',
                    min: 0,
                    queries: [series('max("spool_age_seconds")', collector, inFabric, 'age')],
                }),
            ],
        },
        {
            title: 'Senders',
            panels: [
                lines({
                    title: 'Age of the newest sample by SGM',
                    description: 'Time since the newest sample was taken, by the collector\'s clock: the agent\'s interval, '
                        + 'its way here, and the difference between the clocks.',
                    unit: 's',
                    min: 0,
                    fill: 0,
                    queries: [series('max("sample_age_seconds")', '"member"', inFabric, '$tag_serial', ['serial'])],
                }),
                lines({
                    title: 'Clock skew by SGM',
                    description: 'How far the clock of an SGM\'s sender is ahead of the collector\'s; below zero it is behind. '
                        + 'A sender that does not say when it sends has a line only while it is ahead.',
                    unit: 's',
                    fill: 0,
                    queries: [series('max("clock_skew_seconds")', '"member"', inFabric, '$tag_serial', ['serial'])],
                }),
                lines({
                    title: 'Streams',
                    description: 'Streams of agents that are open.',
                    decimals: 0,
                    min: 0,
                    steplike: true,
                    queries: [series('last("streams")', collector, inFabric, 'streams')],
                }),
            ],
        },
    ],
};
