import { type Board, fabricVariable, groupVariable } from './board.js';
import { events, inFabric, inGroup, newest, rows, series } from './influx.js';
import { figure, lines, list } from './panels.js';

const command = '"command"';

export const autoscalerBoard: Board = {
    uid: 'maestro-autoscaler',
    title: 'Maestro / Autoscaler',
    description: 'What the autoscaler decides, what holds it back, how long joins take, and what waits for an approval.',
    variables: [fabricVariable(), groupVariable(true)],
    from: 'now-24h',
    rows: [
        {
            title: 'Since the service began',
            panels: [
                figure({
                    title: 'Adds',
                    description: 'SGMs added by the service.',
                    queries: [newest('adds', '"fabric"', inFabric, [], 'adds')],
                }),
                figure({
                    title: 'Removals',
                    description: 'SGMs removed by the service.',
                    queries: [newest('removes', '"fabric"', inFabric, [], 'removals')],
                }),
                figure({
                    title: 'Moves',
                    description: 'SGMs moved from one group to another by the service.',
                    queries: [newest('moves', '"fabric"', inFabric, [], 'moves')],
                }),
                figure({
                    title: 'Failed commands',
                    description: 'Commands that an Orchestrator refused, or whose SGM did not come to serve.',
                    steps: [[null, 'green'], [1, 'red']],
                    queries: [newest('failed', '"fabric"', inFabric, [], 'failed')],
                }),
                figure({
                    title: 'Forecasts',
                    description: 'Forecasts issued.',
                    queries: [newest('forecasts', '"fabric"', inFabric, [], 'forecasts')],
                }),
                figure({
                    title: 'Open commands',
                    description: 'Commands that wait for an approval or are on their way.',
                    queries: [newest('open_commands', '"fabric"', inFabric, [], 'open')],
                }),
            ],
        },
        {
            title: 'Decisions',
            panels: [
                lines({
                    title: 'Decisions by action',
                    description: 'Decision records: written when a decision or its reason changes, and as a heartbeat.',
                    decimals: 0,
                    min: 0,
                    stacked: true,
                    fill: 40,
                    queries: [series('count("members")', '"decision"', inGroup, '$tag_action', ['action'], '0')],
                }),
                lines({
                    title: 'Decisions by reason',
                    description: 'What drives changes, and what blocks them: reasons and brakes are explained in the documentation.',
                    decimals: 0,
                    min: 0,
                    stacked: true,
                    fill: 40,
                    queries: [series('count("members")', '"decision"', inGroup, '$tag_reason', ['reason'], '0')],
                }),
                list({
                    title: 'Reasons',
                    description: 'How often each action was taken, or not taken, for each reason in the time shown.',
                    height: 8,
                    queries: [rows(
                        'count("members") AS "decisions", last("sentence") AS "newest"',
                        '"decision"', inGroup, ['security_group', 'action', 'reason'])],
                }),
                lines({
                    title: 'Groups that are short',
                    description: 'Decisions that leave a group with less than it wants, because something holds an add back.',
                    span: 24,
                    height: 6,
                    decimals: 0,
                    min: 0,
                    queries: [series('sum("is_short")', '"decision"', inGroup, 'SG $tag_security_group', ['security_group'], '0')],
                }),
            ],
        },
        {
            title: 'Modes',
            panels: [
                list({
                    title: 'Mode of each group',
                    description: 'observe and recommend change nothing; approve waits for an operator; auto acts.',
                    span: 12,
                    height: 7,
                    queries: [rows(
                        'last("mode") AS "mode", last("paused") AS "paused", last("reason") AS "reason"',
                        '"group"', inGroup, ['security_group', 'group_name'])],
                }),
                list({
                    title: 'Next change of each group',
                    description: 'What is coming, in a sentence.',
                    span: 12,
                    height: 7,
                    queries: [rows(
                        'last("desired") AS "wanted", last("members") AS "members", last("next_change") AS "next"',
                        '"group"', inGroup, ['security_group', 'group_name'])],
                }),
            ],
        },
        {
            title: 'Commands',
            panels: [
                list({
                    title: 'Commands and their states',
                    description: 'Each state that a command has reached, newest first, with who or what took it there. '
                        + 'Proposed is waiting for an approval.',
                    height: 10,
                    widths: { state: 100, kind: 90, serial: 130, actor: 120, security_group: 120, after_seconds: 110 },
                    queries: [events(
                        '"kind", "state", "serial", "security_group", "actor", "after_seconds", "note"', command, inGroup)],
                }),
                lines({
                    title: 'Join times',
                    description: 'From a command\'s creation until its SGM carries load; the planner learns from these.',
                    unit: 's',
                    min: 0,
                    queries: [series(
                        'max("after_seconds")', command, `${inGroup} AND "state" = 'Verified'`, '$tag_kind', ['kind'], 'none')],
                }),
                lines({
                    title: 'Approval times',
                    description: 'From a proposal until an operator approved it; a group that scales by itself has none.',
                    unit: 's',
                    min: 0,
                    queries: [series(
                        'max("after_seconds")', command, `${inGroup} AND "state" = 'Approved'`, '$tag_kind', ['kind'], 'none')],
                }),
                lines({
                    title: 'States that commands reached',
                    description: 'Commands by the state that they came to.',
                    decimals: 0,
                    min: 0,
                    stacked: true,
                    fill: 40,
                    queries: [series('count("after_seconds")', command, inGroup, '$tag_state', ['state'], '0')],
                }),
                list({
                    title: 'Approvals, rejections and what expired',
                    description: 'How often commands came to each of these states in the time shown, and the newest word on it.',
                    span: 12,
                    height: 8,
                    queries: [rows(
                        'count("after_seconds") AS "commands", max("after_seconds") AS "longest", last("actor") AS "newest by", '
                            + 'last("note") AS "note"',
                        command,
                        `${inGroup} AND "state" =~ /^(Proposed|Approved|Rejected|Expired)$/`,
                        ['security_group', 'state'])],
                }),
            ],
        },
    ],
};
